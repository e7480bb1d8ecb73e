/** What the words of an input name, in the order in which they stand there. */
export interface InputWords {
  /** Names and listed things: "San Francisco", "solar power". */
  things: string[]
  /** The same, in groups: what stands together in one list, and the small word before it. */
  groups: { before: string; things: string[] }[]
  /** The input without its question words: what a search would be given. */
  topic: string
  quoted: string[]
  numbers: number[]
  /** The numbers with what they count: "3 nights", "450 dollars". */
  amounts: Amount[]
  dates: string[]
  currencies: string[]
  emails: string[]
  urls: string[]
  /** What follows a small word: `from` Oslo `to` Bergen. */
  after: Record<string, string>
  /** Every word, lower case, reduced to its stem. */
  stems: Set<string>
  text: string
}

export interface Amount {
  value: number
  /** The stem of the word that follows, or ''. */
  unit: string
  isMoney: boolean
}

const MAX_CHARS = 4_000
const MAX_THINGS = 12

const CURRENCY_WORDS: Record<string, string> = {
  dollar: 'USD',
  euro: 'EUR',
  pound: 'GBP',
  sterling: 'GBP',
  yen: 'JPY',
  franc: 'CHF',
  krona: 'SEK',
  krone: 'NOK',
  rupee: 'INR',
  yuan: 'CNY',
}
const CURRENCY_CODE =
  /\b(?:USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|PLN|CZK|INR|CNY|AUD|CAD|NZD|BRL|MXN|ZAR|KRW|SGD|HKD|TRY|ILS)\b/g
const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** Words that say how something is asked, not what. */
export const SMALL_WORDS = new Set(
  `a about after all also am an and any are as at ask be been before best between both bring brief briefly by call can check come compare could
  current currently day days did do does each every fetch find for from get give go going good has have hello help here hey hi how i if in into is it its
  just know let like list look make many me more most much my need next no not now of on one only or our out over per please provide run search
  see set show since so some tell than that the their them then there these they thing this those to today tomorrow tonight tool tools under up us use
  using want was we week were what when where which while who why will with would write you your`.split(/\s+/),
)

/** Reads the words of an input, without any knowledge of the tools. The same text always gives the same words. */
export function readInput(input: string): InputWords {
  const text = input.slice(0, MAX_CHARS)
  const quoted = matches(text, /["“”«»]([^"“”«»\n]{1,200})["“”«»]/g)
  const urls = matches(text, /(\bhttps?:\/\/[^\s"'<>)\]]+)/g)
  const emails = matches(text, /(\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}\b)/g)
  const dates = matches(text, /(\b\d{4}-\d{2}-\d{2}\b)/g)
  const plain = [
    ...quoted.map((one) => new RegExp(`["“”«»]${escaped(one)}["“”«»]`)),
    ...[...urls, ...emails, ...dates].map((one) => new RegExp(escaped(one))),
  ].reduce((left, part) => left.replace(part, ' '), text)
  const currencies = unique([...matches(plain, new RegExp(`(${CURRENCY_CODE.source})`, 'g')), ...currencyWords(plain)])
  const things = unique([...quoted, ...thingsOf(plain)].filter((thing) => !currencies.includes(thing))).slice(
    0,
    MAX_THINGS,
  )
  const amounts = amountsOf(plain)
  return {
    things,
    groups: groupsOf(text, things),
    amounts,
    topic: topicOf(text),
    quoted,
    numbers: amounts.map(({ value }) => value),
    dates,
    currencies,
    emails,
    urls,
    after: afterWords(plain),
    stems: new Set(wordsOf(text).map(stemOf)),
    text,
  }
}

/** The words of a text, lower case; names in camelCase and snake_case are taken apart. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** A word without its commonest endings: enough to find "forecasts" in "forecast". */
export function stemOf(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  for (const ending of ['ing', 'ed', 'es', 's']) {
    if (word.endsWith(ending) && word.length - ending.length >= 3 && !word.endsWith('ss')) {
      const stem = word.slice(0, -ending.length)
      return ending === 'es' && !/(?:[sxz]|ch|sh)$/.test(stem) ? `${stem}e` : stem
    }
  }
  return word
}

/** Listed lines, else proper names, else what is listed after a small word such as "in" or "about". */
function thingsOf(text: string): string[] {
  const lines = matches(text, /^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+(.{1,120})$/gm)
  if (lines.length > 1) return lines
  const names = namesOf(text)
  const listed = listOf(text)
  // "Python, rust and go": the list holds more than the names alone would, and all of them.
  return listed.length > names.length && names.every((name) => listed.includes(name)) ? listed : names
}

/** A proper name, with the state or country that Americans write behind a city. */
const NAME =
  /\p{Lu}[\p{L}\p{N}'’-]*(?:\s+(?:(?:de|da|do|la|le|el|of|the|van|von|den|du)\s+)*\p{Lu}[\p{L}\p{N}'’-]*){0,4}(?:,\s(?:[A-Z]{2}|USA)\b)?/gu

function namesOf(text: string): string[] {
  return [...text.matchAll(NAME)].flatMap((match) => {
    const words = match[0].replace(/[.'’-]+$/, '').split(/\s+/)
    // The word that begins a sentence is written large without being a name.
    while (
      words[0] !== undefined &&
      (SMALL_WORDS.has(words[0].toLowerCase()) || (beginsSentence(text, match.index) && isVerb(words[0])))
    )
      words.shift()
    const name = words.join(' ')
    if (name === '' || (/^(?:[A-Z]{3})$/.test(name) && new RegExp(CURRENCY_CODE.source).test(name))) return []
    return beginsSentence(text, match.index) &&
      words.length === 1 &&
      words[0] === match[0] &&
      /^\s+\p{Ll}/u.test(text.slice(match.index + match[0].length))
      ? []
      : [name]
  })
}

const VERBS = new Set(
  'book buy calculate cancel compare convert create delete describe draft email explain forecast geocode look lookup order pay plan post read research review reserve schedule send solve start summarise summarize translate update weather news prices invoice notify remind ship transfer track query rank rate simulate square add multiply test visit write fetch message call analyze analyse investigate explore draw'.split(
    ' ',
  ),
)

function isVerb(word: string): boolean {
  return VERBS.has(word.toLowerCase())
}

function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:\n])\s*$/.test(text.slice(0, at))
}

/** "… in paris, rome and oslo": parts of a list of two or more, none of them long. */
function listOf(text: string): string[] {
  for (const match of text.matchAll(
    /\b(?:in|for|of|about|on|between|research|compare|at|with|from)\s+([^.?!:;\n]{3,200})/gi,
  )) {
    const parts = (match[1] ?? '')
      .split(/\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|versus|vs\.?|to)\s+/i)
      .map((part) => part.trim().replace(/^(?:the|a|an|in|for|about|on|of)\s+/i, ''))
      .map((part) => part.replace(/\s+(?:today|tomorrow|tonight|now|please|this week|next week|next \w+ days?)$/i, ''))
    const good = parts.every(
      (part) =>
        part !== '' && part.split(/\s+/).length <= 4 && !SMALL_WORDS.has(part.split(/\s+/)[0]?.toLowerCase() ?? ''),
    )
    if (good && parts.length > 1 && parts.some((part) => !SMALL_WORDS.has(part.toLowerCase())))
      return parts.filter((part) => /^[\p{L}"]/u.test(part))
  }
  return []
}

const SUBJECT =
  /\b(?:about|regarding|concerning|(?:brief|report|summary|overview|essay|paper|article|notes?|facts|news|information|research)\s+on)\s+([^?!.;:\n]{3,120})/i

/** What the text is about: what stands behind "about" or "a report on", else its words without the small ones. */
function topicOf(text: string): string {
  const words = (SUBJECT.exec(text)?.[1] ?? text)
    .replace(/[?!.,;:"“”()]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !SMALL_WORDS.has(word.toLowerCase()))
  return words.slice(0, 12).join(' ')
}

function amountsOf(text: string): Amount[] {
  const found: (Amount & { at: number })[] = []
  const add = (match: RegExpExecArray, value: number) => {
    const next = /^[\s-]+(\p{L}{1,30})/u.exec(
      text.slice(match.index + match[0].length, match.index + match[0].length + 40),
    )
    const unit = next?.[1]?.toLowerCase() ?? ''
    const isCurrency =
      Object.hasOwn(CURRENCY_WORDS, stemOf(unit)) || new RegExp(`^${CURRENCY_CODE.source}`, 'i').test(unit)
    const isMoney = isCurrency || /[$€£¥]\s?$/.test(text.slice(0, match.index))
    found.push({ at: match.index, value, isMoney, unit: SMALL_WORDS.has(unit) || isCurrency ? '' : stemOf(unit) })
  }
  for (const match of text.matchAll(/(?<![\w.])-?\d{1,15}(?:\.\d{1,10})?(?!\w)/g)) add(match, Number(match[0]))
  for (const match of text.matchAll(/\b[a-z]{3,6}\b/gi)) {
    const value = NUMBER_WORDS.indexOf(match[0].toLowerCase())
    if (value > 1) add(match, value)
  }
  found.sort((one, other) => one.at - other.at)
  // "15, 20 and 30 years": what the last one of a list counts, all of them count.
  for (const [place, amount] of [...found.entries()].reverse()) {
    const next = found[place + 1]
    if (amount.unit !== '' || amount.isMoney || !next) continue
    if (/^[\w.-]+\s*(?:,|\band\b|\bor\b|,\s*and\b)\s*[$€£¥]?\s*$/.test(text.slice(amount.at, next.at)))
      Object.assign(amount, { unit: next.unit, isMoney: next.isMoney })
  }
  return found.map(({ at: _at, ...amount }) => amount)
}

const JOINS =
  /^["“”«»\s]*(?:,|;|&|\band\b|\bor\b|\bto\b|\bvs\.?|\bversus\b|\n[ \t]*(?:[-*•]|\d{1,2}[.)]))(?:\s*(?:and|or|the|in|for|about)\b)*["“”«»\s]*$/i

/** Things that only commas and "and" keep apart belong together. */
function groupsOf(text: string, things: readonly string[]): InputWords['groups'] {
  const groups: InputWords['groups'] = []
  let end = -1
  for (const thing of things) {
    const at = text.indexOf(thing, Math.max(0, end))
    const between = end < 0 || at < 0 ? 'apart' : text.slice(end, at)
    const last = groups.at(-1)
    if (last && JOINS.test(between)) last.things.push(thing)
    else groups.push({ things: [thing], before: wordsOf(text.slice(0, Math.max(0, at))).at(-1) ?? '' })
    if (at >= 0) end = at + thing.length
  }
  return groups
}

function currencyWords(text: string): string[] {
  return wordsOf(text).flatMap((word) => {
    const stem = stemOf(word)
    return Object.hasOwn(CURRENCY_WORDS, stem) ? [CURRENCY_WORDS[stem] as string] : []
  })
}

function afterWords(text: string): Record<string, string> {
  const after: Record<string, string> = {}
  for (const match of text.matchAll(
    /\b(from|to|by|with|at|in|into|for|on)\s+((?:\p{Lu}[\p{L}\p{N}'’-]*)(?:\s+\p{Lu}[\p{L}\p{N}'’-]*){0,3})/gu,
  ))
    after[(match[1] ?? '').toLowerCase()] ??= match[2] ?? ''
  return after
}

function matches(text: string, pattern: RegExp): string[] {
  return unique([...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim()).filter((found) => found !== ''))
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)]
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
