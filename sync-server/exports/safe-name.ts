const longest = 60
/** What Windows, macOS or a shell would not take in a name, as signs of full width that look the same. */
const wide: Record<string, string> = {
  ...{ '/': '／', '\\': '＼', ':': '：', '*': '＊', '?': '？', '"': '＂', '<': '＜', '>': '＞', '|': '｜' },
}

/** A part of a file's name that can be read, leads nowhere and is valid everywhere: `../` becomes `．．／`. */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/[/\\:*?"<>|]/g, (char) => wide[char]!)
    .replace(/^\.+|\.+$/g, (dots) => '．'.repeat(dots.length))
    .replace(/\.\.+/g, (dots) => '．'.repeat(dots.length))
  const characters = [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(plain)].map((one) => one.segment)
  return characters.slice(0, longest).join('').trim()
}
