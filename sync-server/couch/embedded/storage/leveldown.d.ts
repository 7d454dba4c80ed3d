declare module 'leveldown' {
  const leveldown: ((location: string) => unknown) & {
    destroy(location: string, done: (error?: Error | null) => void): void
  }
  export default leveldown
}
