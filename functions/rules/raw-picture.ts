/** Pixels row by row, three bytes each, or four with how much of it covers what is behind. */
export type RawPicture = { width: number; height: number; channels: 3 | 4; data: Uint8Array }
