/** Whether this machine knows the IANA name, e.g. Asia/Tokyo. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    // A RangeError says that there is no such zone.
    return false
  }
}
