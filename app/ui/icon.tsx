/** Line drawings on a 24 by 24 field. */
const paths = {
  scan: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M8 12h8',
  search: 'M16.5 16.5 21 21M18 10.5a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z',
  records: 'M5 6h14M5 12h14M5 18h9',
  sync: 'M20 11a8 8 0 0 0-14-4L4 9m0-5v5h5M4 13a8 8 0 0 0 14 4l2-2m0 5v-5h-5',
  check: 'M4 13l5 5L20 6',
  attention: 'M12 4v10M12 19v.5',
  cross: 'M6 6l12 12M18 6L6 18',
  question: 'M9 8a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.3-1.5 2.6M12 18v.5',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM15.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0z',
  turn: 'M20 6v5h-5M4 18v-5h5M19 11a7.5 7.5 0 0 0-13-4M5 13a7.5 7.5 0 0 0 13 4',
  light: 'M9 3h6v4l-2 4v9h-2v-9L9 7zM9 7h6',
  keypad: 'M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01',
  back: 'M14 5l-7 7 7 7',
  erase: 'M9 5h11v14H9l-6-7zM12 9l5 6M17 9l-5 6',
  next: 'M10 5l7 7-7 7',
  place: 'M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21zM14.5 9.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  people:
    'M12 9a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM3 20c0-4 2.5-6 6-6s6 2 6 6M15 6.3a3 3 0 0 1 0 5.4M17 14.5c2.5.7 4 2.600 4 5.500',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM8 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  offline:
    'M3 3l18 18M5 12.500a10 10 0 0 1 5-2.800M8.500 16a5 5 0 0 1 7 0M14.500 9.800a10 10 0 0 1 4.500 2.700M12 20v.01',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  home: 'M4 11l8-7 8 7v9H4z',
  bell: 'M6 17h12l-1.500-3V10a4.500 4.500 0 0 0-9 0v4zM10.500 20h3',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  chart: 'M5 20V10M12 20V4M19 20v-7',
} as const
export type IconName = keyof typeof paths

/** Decoration beside words: screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
