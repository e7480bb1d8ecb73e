import { isObject } from '@volley/shared/lib/json.ts'
import type { OfferedTool } from './offeredTool.ts'
import { type InputWords, stemOf, wordsOf } from './readInput.ts'

/** What can stand for one parameter: values the words give, one call for each; or a value that is merely plausible. */
export interface Filling {
  values: unknown[]
  /** True when the words (or the schema itself) say so, false for a guess. */
  sure: boolean
}

const PLACE = /city|cities|town|location|place|country|region|destination|origin|address|airport|station|area|where/
const SUBJECT =
  /query|^q$|topic|question|search|keyword|term|subject|title|text|content|message|input|prompt|phrase|body|sentence|note|name|item|product|company|person|symbol|ticker|team|user|customer|ship|entity|thing/
const MONEY = /amount|price|cost|budget|total|sum|fee|limit|value/
const CURRENCY = /currency|currencies|^from$|^to$|^base$|^quote$|^target$|^source$/

/** What the words give for a parameter; `others` tells which parameters ask for the same kind of thing beside it. */
export function fillParameter(
  name: string,
  schema: Record<string, unknown>,
  words: InputWords,
  siblings: readonly string[],
): Filling {
  const fixed = fixedValue(schema)
  if (fixed) return fixed
  const type = typeOf(schema)
  if (type === 'array') return fillList(name, schema, words)
  if (type === 'object') return { values: [fillObject(schema, words)], sure: false }
  if (type === 'boolean')
    return { values: [typeof schema.default === 'boolean' ? schema.default : true], sure: schema.default !== undefined }
  if (type === 'integer' || type === 'number') return fillNumber(name, schema, words, siblings)
  if (type === 'null') return { values: [null], sure: true }
  return fillText(name, schema, words, siblings)
}

/** Arguments of one call from the words alone: every required parameter, and the optional ones that the words name. */
export function fillObject(schema: Record<string, unknown>, words: InputWords, depth = 0): Record<string, unknown> {
  const properties = isObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  if (depth > 4) return {}
  const filled = Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
    if (!required.includes(name) || !isObject(value)) return []
    if (typeOf(value) === 'object') return [[name, fillObject(value, words, depth + 1)]]
    return [[name, fillParameter(name, value, words, Object.keys(properties)).values[0]]]
  })
  return Object.fromEntries(filled)
}

/** Whether a parameter is worth filling although it may be left out: only where the words clearly speak of it. */
export function isNamed(name: string, schema: Record<string, unknown>, words: InputWords): boolean {
  if (enumOf(schema).some((choice) => isSaid(choice, words))) return true
  const stems = wordsOf(name).map(stemOf)
  const type = typeOf(schema)
  if (type === 'integer' || type === 'number')
    return words.numbers.length > 0 && stems.some((stem) => words.stems.has(stem))
  if (type !== 'string') return false
  return (
    (PLACE.test(name) && words.things.length > 0) ||
    (/date/.test(name) && words.dates.length > 0) ||
    (/email/.test(name) && words.emails.length > 0)
  )
}

function fixedValue(schema: Record<string, unknown>): Filling | undefined {
  return 'const' in schema ? { values: [schema.const], sure: true } : undefined
}

/** The type a schema asks for first. */
export function typeOf(schema: Record<string, unknown>): string {
  const { type } = schema
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return type.find((one) => one !== 'null') ?? 'string'
  if (isObject(schema.properties)) return 'object'
  if (schema.items !== undefined) return 'array'
  const [first] = enumOf(schema)
  if (typeof first === 'number') return 'number'
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray)
  return isObject(choices?.[0]) ? typeOf(choices[0]) : 'string'
}

function enumOf(schema: Record<string, unknown>): unknown[] {
  return Array.isArray(schema.enum) ? schema.enum : []
}

function isSaid(choice: unknown, words: InputWords): boolean {
  if (typeof choice !== 'string' || choice === '') return false
  return wordsOf(choice).every((word) => words.stems.has(stemOf(word)))
}

function fillText(
  name: string,
  schema: Record<string, unknown>,
  words: InputWords,
  siblings: readonly string[],
): Filling {
  const choices = enumOf(schema)
  if (choices.length > 0) {
    const said = choices.filter((choice) => isSaid(choice, words))
    return said.length > 0 ? { values: said, sure: true } : guess(schema, choices[0])
  }
  const label = wordsOf(name).join(' ')
  const about = `${label} ${typeof schema.description === 'string' ? schema.description.toLowerCase() : ''}`
  if (schema.format === 'email' || /e-?mail/.test(label)) return known(words.emails, schema, 'someone@example.com')
  if (schema.format === 'uri' || /\burl\b|\blink\b/.test(label))
    return known(words.urls, schema, 'https://example.com/')
  if (schema.format === 'date-time')
    return known(
      words.dates.map((date) => `${date}T12:00:00Z`),
      schema,
      '2026-01-15T12:00:00Z',
    )
  if (schema.format === 'date' || /\bdate\b|\bday\b/.test(label))
    return known(words.dates, schema, schema.format === 'date' ? '2026-01-15' : relativeDay(words))
  if (words.currencies.length > 0 && (CURRENCY.test(label) || /currency/.test(about)))
    return fillCurrency(label, words, siblings)
  const pair = pairOf(label, words)
  if (pair !== undefined) return { values: [pair], sure: true }
  if (PLACE.test(label) || /\b(?:city|place|location)\b/.test(about)) return fillPlace(name, schema, words, siblings)
  if (SUBJECT.test(label)) {
    const found = groupFor(label, words, ABOUT)
    if (words.quoted.length > 0) return { values: words.quoted, sure: true }
    const topic = words.topic || words.text.trim() || 'news'
    return known(found.length > 1 || isNameLike(label) || words.groups.length > 1 ? found : [], schema, topic, true)
  }
  const isTaken = siblings.some((sibling) => sibling !== name && (PLACE.test(sibling) || SUBJECT.test(sibling)))
  if (words.things.length > 0 && !isTaken) return { values: groupFor(label, words, ABOUT), sure: true }
  return guess(schema, words.topic || label)
}

const WHERE = new Set(['in', 'at', 'near', 'for', 'to', 'of', 'from', 'around'])
const ABOUT = new Set(['about', 'on', 'of', 'for', 'the', 'research', 'compare', 'find', 'search'])

/** A parameter that asks for one name and not for words about it. */
function isNameLike(label: string): boolean {
  return /\b(?:name|company|person|symbol|ticker|team|user|customer|ship|product)\b/.test(label)
}

/** The list that answers a parameter: one that names it, else one that follows a fitting small word, else the longest. */
function groupFor(label: string, { groups }: InputWords, small: ReadonlySet<string>): string[] {
  const stems = wordsOf(label).map(stemOf)
  const naming = groups.find(({ things }) =>
    things.some((thing) => wordsOf(thing).some((word) => stems.includes(stemOf(word)))),
  )
  const longest = Math.max(0, ...groups.map(({ things }) => things.length))
  const fitting = groups.filter(({ before }) => small.has(before)).flatMap(({ things }) => things)
  if (naming) return naming.things
  return fitting.length > 0 && fitting.length >= longest
    ? fitting
    : (groups.find(({ things }) => things.length === longest)?.things ?? [])
}

/** Two places in one call, as a way has them, take the names in turn; a single place takes each in a call of its own. */
function fillPlace(
  name: string,
  schema: Record<string, unknown>,
  words: InputWords,
  siblings: readonly string[],
): Filling {
  const places = siblings.filter((sibling) => PLACE.test(wordsOf(sibling).join(' ')))
  const at = places.indexOf(name)
  const found = groupFor(name, words, WHERE)
  if (places.length < 2 || at < 0) return known(found, schema, words.topic || 'Paris')
  const own = words.things[Math.min(at, words.things.length - 1)]
  return known(own === undefined ? [] : [own], schema, words.topic || 'Paris')
}

/** "from Oslo to Bergen" answers `origin` and `destination`, whatever they are called. */
function pairOf(label: string, words: InputWords): string | undefined {
  const { from, to } = words.after
  if (from === undefined || to === undefined) return undefined
  if (/\bfrom\b|origin|depart|source/.test(label)) return from
  return /\bto\b|destination|arriv|target/.test(label) ? to : undefined
}

/** The first currency named is what one has, the others are what one asks for, where a tool has a parameter for each. */
function fillCurrency(label: string, { currencies }: InputWords, siblings: readonly string[]): Filling {
  const alike = siblings.filter((name) => CURRENCY.test(wordsOf(name).join(' ')))
  if (alike.length < 2) return { values: currencies, sure: true }
  const isTarget = /\bto\b|target|quote/.test(label)
  if (!isTarget) return { values: currencies.slice(0, 1), sure: true }
  return currencies.length > 1 ? { values: currencies.slice(1), sure: true } : { values: ['USD'], sure: false }
}

function relativeDay({ stems }: InputWords): string {
  return ['today', 'tomorrow', 'tonight'].find((day) => stems.has(day)) ?? 'today'
}

function fillNumber(
  name: string,
  schema: Record<string, unknown>,
  words: InputWords,
  siblings: readonly string[],
): Filling {
  const choices = enumOf(schema)
  if (choices.length > 0) {
    const said = choices.filter((choice) => words.numbers.includes(Number(choice)))
    return said.length > 0 ? { values: said, sure: true } : guess(schema, choices[0])
  }
  const isLatitude = /^lat(itude)?$/i.test(name)
  const fitting = /^l(at(itude)?|on(gitude)?|ng)$/i.test(name)
    ? coordinates(words, isLatitude)
    : amountsFor(name, words).filter((value) => fits(value, schema))
  if (fitting.length === 0) return guess(schema, smallNumber(schema))
  const others = siblings.filter((sibling) => sibling !== name)
  const counted = words.amounts.filter(({ unit }) => unit !== '' && wordsOf(name).map(stemOf).includes(unit))
  // Alone, or where the numbers say that they are meant for it, it takes each in a call of its own; else the one in its place.
  if (others.length === 0 || counted.length === fitting.length) return { values: fitting, sure: true }
  const place = Math.min(siblings.indexOf(name), fitting.length - 1)
  return { values: [fitting[Math.max(0, place)]], sure: true }
}

/** The numbers that may be meant: those that count what the parameter is named for, else money for money, else bare ones. */
function amountsFor(name: string, { amounts }: InputWords): number[] {
  const stems = wordsOf(name).map(stemOf)
  const choices = [
    amounts.filter(({ unit }) => unit !== '' && stems.includes(unit)),
    MONEY.test(name.toLowerCase()) ? amounts.filter(({ isMoney }) => isMoney) : [],
    amounts.filter(({ unit, isMoney }) => unit === '' && !isMoney),
    amounts.length === 1 && !/limit|max|count|page|^n$/i.test(name) ? amounts : [],
  ]
  return (choices.find((list) => list.length > 0) ?? []).map(({ value }) => value)
}

function coordinates({ numbers, text }: InputWords, isLatitude: boolean): number[] {
  const pair = /(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)/.exec(text)
  if (!pair || numbers.length < 2) return []
  return [Number(isLatitude ? pair[1] : pair[2])]
}

function fits(value: number, schema: Record<string, unknown>): boolean {
  if (typeOf(schema) === 'integer' && !Number.isInteger(value)) return false
  if (typeof schema.minimum === 'number' && value < schema.minimum) return false
  return !(typeof schema.maximum === 'number' && value > schema.maximum)
}

function smallNumber(schema: Record<string, unknown>): number {
  const { minimum, maximum } = schema
  const wish = 3
  if (typeof minimum === 'number' && wish < minimum) return typeOf(schema) === 'integer' ? Math.ceil(minimum) : minimum
  return typeof maximum === 'number' && wish > maximum ? Math.floor(maximum) : wish
}

function fillList(name: string, schema: Record<string, unknown>, words: InputWords): Filling {
  const items = isObject(schema.items) ? schema.items : {}
  const type = typeOf(items)
  const filling =
    type === 'object' ? { values: [fillObject(items, words)], sure: false } : fillParameter(name, items, words, [name])
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : 12
  return { values: [filling.values.slice(0, most)], sure: filling.sure }
}

/** Values the words hold, or else a plausible one; `sureAnyway`: the whole topic answers the parameter as well. */
function known(
  found: readonly unknown[],
  schema: Record<string, unknown>,
  otherwise: unknown,
  sureAnyway = false,
): Filling {
  if (found.length > 0) return { values: [...found], sure: true }
  return sureAnyway && schema.default === undefined ? { values: [otherwise], sure: true } : guess(schema, otherwise)
}

function guess(schema: Record<string, unknown>, otherwise: unknown): Filling {
  if (schema.default !== undefined) return { values: [schema.default], sure: true }
  const example = Array.isArray(schema.examples) ? schema.examples[0] : schema.example
  return { values: [example ?? otherwise], sure: false }
}

/** Parameters of a tool that are filled from words: what is required, and what the words name. */
export function askedParameters({ properties, required }: OfferedTool, words: InputWords): string[] {
  return Object.keys(properties).filter((name) => {
    const property = properties[name]
    if (!property || property.callOf !== undefined) return false
    return required.includes(name) || isNamed(name, property.schema, words)
  })
}
