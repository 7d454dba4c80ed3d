/** What a spreadsheet takes for a formula, signs of full width too, behind any apostrophes of its own. */
const formula = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r])/u

/**
 * Text that no spreadsheet calculates: an apostrophe comes before a formula, and one more before apostrophes that
 * already stand there, so that `unguarded` gives back exactly what went in.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export const guarded = (text: string) => (formula.test(text) ? `'${text}` : text)

export const unguarded = (text: string) => (text.startsWith("'") && formula.test(text) ? text.slice(1) : text)
