const loopOverNames = /\bfor\s*\(\s*(?:var|let|const)\s+[\w$]+\s+in\s+[\w$.]+\s*\)/g

/**
 * Whether a design function must come to an end by its very text: no loop but over the names of a document's part, which
 * are as many as came in, no function inside it, and no call but `indexOf`. Such a one needs no time limit, and the limit
 * costs ten times what the function does: a thread a call.
 */
export function mustEnd(source: string): boolean {
  const words = source.replaceAll(/'[^'\\\n]*'|"[^"\\\n]*"/g, "''").replaceAll(loopOverNames, '')
  if (/\b(?:for|while|do|eval|new|get|set|class|async|yield|with)\b|=>|[`\\/[\]]/.test(words)) return false
  if (words.match(/\bfunction\b/g)?.length !== 1) return false
  const called = [...words.matchAll(/(\.?\s*[\w$]+|[)}])\s*\(/g)].map(([, name]) => name?.replaceAll(/\s/g, ''))
  return called.every((name) => name !== undefined && ['function', 'if', 'throw', '.indexOf'].includes(name))
}
