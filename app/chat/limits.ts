/** The longest message; the same as the fact's schema holds, counted as `maxLength` counts. */
export const mostCharacters = 2000
/** How many are left is said from here on. */
export const tellLeftFrom = 1800
