import type { RunFact } from '@volley/shared/run/events.ts'
import type { Redactor } from '../engine/ports.ts'
import { decodedCopies } from './decoded.ts'
import { formsOf } from './forms.ts'
import { createMatcher, type Matcher } from './matcher.ts'

// Secrets become `***` before anything is stored, logged, sent or told. Invariants:
// 1. What comes out holds no form of a known secret (`forms.ts`), whatever stood around it, keys of objects included.
// 2. A value without a secret comes out as the very same object, at the price of one pass over its texts.
// 3. The structure of a fact (its type, numbers, codes) is never touched: a run can always be read off its log.

export const HIDDEN = '***'

export interface Redaction extends Redactor {
  /** From now on these values are hidden too. There is no way back: who saw a secret may still say it after it was deleted. */
  hide(values: Iterable<string>): void
}

/** A redactor that knows nothing yet. */
export function createRedaction(): Redaction {
  const forms = new Set<string>()
  let matcher: Matcher = createMatcher([])
  let holdsStars = false

  /** Where a secret stands, as it is or in a form that stands for the same letters. */
  const spansIn = (given: string): Span[] => {
    const found = matcher.find(given)
    for (const { text: copy, starts } of decodedCopies(given))
      for (const { from, to } of matcher.find(copy))
        found.push({ from: starts[from] ?? 0, to: starts[to] ?? given.length })
    return joined(found)
  }
  const text = (given: string): string => {
    if (matcher.size === 0) return given
    let result = given
    // A hidden value leaves stars behind, and a secret may be made of stars: then once more. It gets shorter each time.
    do {
      const before = result
      result = replaced(before, spansIn(before))
      if (result === before) return result
    } while (holdsStars)
    return result
  }
  const json = <Value>(value: Value): Value => (matcher.size === 0 ? value : (hiddenIn(value, text) as Value))

  return {
    hide(values) {
      for (const value of values) for (const form of formsOf(value)) forms.add(form)
      matcher = createMatcher([...forms])
      holdsStars = [...forms].some((form) => form.includes('*'))
    },
    text,
    json,
    fact: (fact, own) => (matcher.size === 0 ? fact : redactFact(fact, { text, json, own })),
    stream() {
      let held = ''
      return {
        push(piece) {
          const all = held + piece
          const found = spansIn(all)
          let cut = matcher.openAt(all)
          // What is open may overlap something found: both wait, so that they are hidden as one.
          for (const { from, to } of found.toReversed()) if (to >= cut) cut = Math.min(cut, from)
          held = all.slice(cut)
          return text(all.slice(0, cut))
        },
        end() {
          const rest = text(held)
          held = ''
          return rest
        },
      }
    },
  }
}

interface Span {
  from: number
  to: number
}

/** In order, those that overlap or touch as one. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.sort((one, other) => one.from - other.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

function replaced(text: string, found: readonly Span[]): string {
  if (found.length === 0) return text
  let result = ''
  let at = 0
  for (const { from, to } of found) {
    result += text.slice(at, from) + HIDDEN
    at = to
  }
  return result + text.slice(at)
}

/** The value with its texts, keys and numbers hidden where they hold a secret; the same object where nothing is. */
function hiddenIn(value: unknown, text: (given: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') {
    const written = String(value)
    const hidden = text(written)
    return hidden === written ? value : hidden
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => hiddenIn(item, text))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (typeof value !== 'object' || value === null) return value
  let isChanged = false
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const entry: [string, unknown] = [text(key), hiddenIn(inner, text)]
    isChanged ||= entry[0] !== key || entry[1] !== inner
    return entry
  })
  return isChanged ? Object.fromEntries(withUniqueKeys(entries)) : value
}

/** Two hidden keys of one object stay two. */
function withUniqueKeys(entries: [string, unknown][]): [string, unknown][] {
  const taken = new Set<string>()
  return entries.map(([wanted, value]) => {
    let key = wanted
    for (let nth = 2; taken.has(key); nth++) key = `${wanted} ${nth}`
    taken.add(key)
    return [key, value]
  })
}

interface Means {
  text(given: string): string
  json<Value>(value: Value): Value
  own: ReadonlySet<string>
}

/** What makes a fact readable: numbers, codes and states that Volley itself writes. Everything else is hidden where it holds a secret. */
export const STRUCTURE: ReadonlySet<string> = new Set([
  'type',
  'runId',
  'turn',
  'call',
  'attempt',
  'waitsFor',
  'after',
  'eager',
  'parallelism',
  'parent',
  'trial',
  'mocked',
  'eval',
  'forked',
  'delayMs',
  'durationMs',
  'coalescedWith',
  'adoptedFrom',
  'progress',
  'total',
  'usage',
  'stopReason',
  'status',
  'costUsd',
  'summary',
])
/** Names are the document's own, which stand in plain sight there, or a model's invention. */
const NAMES: ReadonlySet<string> = new Set(['tool', 'provider', 'model'])

function redactFact<Fact extends RunFact>(fact: Fact, { text, json, own }: Means): Fact {
  const name = (given: string) => (own.has(given) ? given : text(given))
  const hidden = (key: string, value: unknown): unknown => {
    if (STRUCTURE.has(key)) return value
    if (NAMES.has(key) && typeof value === 'string') return name(value)
    return json(value)
  }
  const fields = Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, hidden(key, value)]))
  // Inside these stand codes and figures that Volley writes, beside texts that it does not.
  if ('error' in fact && fact.error) fields.error = { ...fact.error, message: text(fact.error.message) }
  if ('price' in fact && fact.price)
    fields.price = { ...fact.price, date: text(fact.price.date), source: text(fact.price.source) }
  if ('console' in fact && fact.console)
    fields.console = fact.console.map((line) => ({ ...line, text: text(line.text) }))
  if (fact.type === 'call.emitted' && fact.argumentsText !== undefined) {
    const isAsWritten = fields.arguments === fact.arguments && fields.argumentsText === fact.argumentsText
    // With stars in it the text may be no JSON, and a number in it may be a hidden one in another spelling: the value alone is kept.
    if (!isAsWritten) delete fields.argumentsText
  }
  if (fact.type === 'run.started') fields.flow = { ...fact.flow, name: name(fact.flow.name) }
  if ('messages' in fact && fact.messages)
    fields.messages = fact.messages.map((one) => ({ ...one, text: text(one.text) }))
  if (fact.type === 'call.exchange') {
    const { request, answer } = fact
    fields.request = { ...request, url: text(request.url), ...redactMessage(request, { text, json }) }
    if (answer) fields.answer = { ...answer, ...redactMessage(answer, { text, json }) }
  }
  return fields as Fact
}

function redactMessage<Message extends { headers: Record<string, string>; body?: { text: string; bytes: number } }>(
  { headers, body }: Message,
  { text, json }: Pick<Means, 'text' | 'json'>,
) {
  return { headers: json(headers), ...(body ? { body: { ...body, text: text(body.text) } } : {}) }
}
