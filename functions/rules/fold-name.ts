/** Characters of names that NFKC leaves apart: pairs of a rarer form and the usual one. */
const variants =
  '髙高﨑崎嵜崎碕崎𠮷吉邊辺邉辺齋斎齊斎斉斎澤沢濱浜濵浜嶋島嶌島國国圀国廣広櫻桜德徳眞真惠恵澁渋瀧滝龍竜藏蔵應応榮栄豐豊關関鐵鉄萬万與与禮礼壽寿實実會会圓円增増槇槙淵渕莊荘逹達冨富舘館埜野栁柳凜凛'

const usualForm = new Map<string, string>()
const forms = [...variants]
for (let i = 0; i + 1 < forms.length; i += 2) usualForm.set(forms[i]!, forms[i + 1]!)

const hiragana = /[\u3041-\u3096\u309d\u309e]/g
/** Spaces, marks, dashes and long vowels, and the selectors of glyphs. */
const ignored = /[\s\p{P}\p{S}\p{Variation_Selector}\u30fc]/gu

/**
 * The key under which a name or reading is found: full and half width, case, hiragana and katakana, spaces, marks,
 * long vowels, and variant characters make no difference. Never shown.
 */
export function foldName(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(ignored, '')
  const katakana = plain.replace(hiragana, (char) => String.fromCharCode(char.charCodeAt(0) + 0x60))
  return Array.from(katakana, (char) => usualForm.get(char) ?? char).join('')
}
