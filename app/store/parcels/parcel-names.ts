/** Where this phone keeps the files that it carries for others. */
export const parcelsDatabase = (event: string) => `zekken-${event}-parcels`

/** Set while some of them wait to be brought. */
export const carriesUnder = 'zekken:carries'

/** Where it keeps pictures that were asked for without a signal. */
export const askedDatabase = (event: string) => `zekken-${event}-asked`
