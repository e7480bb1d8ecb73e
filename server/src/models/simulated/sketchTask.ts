import type { Sketch, SketchParameter, SketchTool } from '@volley/shared/sketch/sketch.ts'
import { stemOf } from './readInput.ts'
import { readTask, type Step, withoutIntroduction } from './readTask.ts'

/** A tool with what it can hand on: the value of its result that a later tool would take, and how that is called there. */
interface Planned {
  tool: SketchTool
  step: Step
  noun: string
}

type Edge = Sketch['edges'][number]

/**
 * A sketch of the flow that a task's words ask for, without any knowledge of the world: a tool for every thing that is looked up,
 * thought about or changed, and edges from what must be known before. The same words always give the same sketch.
 */
export function sketchTask(text: string): Sketch {
  const task = text.replace(/\s+/g, ' ').trim()
  const steps = readTask(text)
  const planned: Planned[] = []
  const edges: Edge[] = []
  const subject = subjectOf(task)
  let open: Planned[] = []
  let before: Planned[] = []
  for (const step of steps.length > 0 ? steps : [ANY_STEP]) {
    const waits = step.kind !== 'lookup' || step.isAfter
    const sources = waits ? open : []
    const made = (step.objects.length > 0 ? step.objects : [''])
      .filter((noun) => !planned.some(({ tool }) => tool.name === toolName(step, noun)))
      .slice(0, MOST_TOOLS - planned.length)
      .map((noun): Planned => {
        const tool = {
          ...toolOf(step, noun, task),
          parameters: sources.length > 0 ? [] : [step.kind === 'think' ? TEXT : subject],
        }
        for (const source of sources) {
          const taken = handOver(source, step, [
            ...tool.parameters.map(({ name }) => name),
            ...sources.map((one) => one.tool.name),
          ])
          tool.parameters.push(...taken.parameters)
          edges.push({ from: source.tool.name, to: tool.name, map: taken.map })
        }
        if (step.kind === 'change' && TELLING.has(step.verb)) tool.parameters.push(MESSAGE)
        return { tool, step, noun }
      })
    planned.push(...made)
    before = made.length > 0 ? made : before
    open = waits ? before : [...open, ...made]
  }
  return {
    name: nameOf(task),
    description: `Drafted from: ${task.slice(0, 400)}`,
    system: `Your task: ${task.slice(0, 3000)}\n\nMake every call you need in one message: calls that need nothing from each other run at the same time, and the others wait by themselves. Say plainly what could not be found or done.`,
    prompt: firstMessage(task, subject, planned),
    tools: planned.map(({ tool }) => tool),
    edges,
  }
}

const MOST_TOOLS = 12
const ANY_STEP: Step = { kind: 'lookup', verb: 'search', objects: [''], isAfter: false }
const TELLING = new Set(['send', 'post', 'publish', 'notify', 'reply', 'invite'])
const RISKY = new Set([
  'book',
  'buy',
  'order',
  'reserve',
  'pay',
  'delete',
  'remove',
  'cancel',
  'refund',
  'transfer',
  'charge',
])
const TEXT: SketchParameter = { name: 'text', type: 'string', description: 'What to work on.', required: true }
const MESSAGE: SketchParameter = { name: 'message', type: 'string', description: 'What it says.', required: true }

function toolName({ verb }: Step, noun: string): string {
  return [verb, ...noun.split(' ')]
    .filter((word) => word !== '')
    .join('_')
    .slice(0, 48)
}

function toolOf(step: Step, noun: string, task: string): Omit<SketchTool, 'parameters'> {
  const object = noun === '' ? 'what is asked for' : noun
  const isMany = isPlural(noun)
  const shared = { name: toolName(step, noun), changes: step.kind === 'change', asksFirst: RISKY.has(step.verb) }
  if (step.kind === 'change')
    return {
      ...shared,
      description: `Does the step “${step.verb} ${object}” and gives its reference.`,
      result: { done: true, reference: `${(noun || step.verb).charAt(0).toUpperCase()}-1042` },
    }
  if (step.kind === 'think')
    return {
      ...shared,
      description: `Does the step “${step.verb} ${object}” with what was found, and gives the outcome.`,
      result: { choice_id: 'item-1', text: `A made-up outcome of “${step.verb} ${object}”.` },
    }
  if (/coordinates|latitude|location\b/.test(noun))
    return { ...shared, description: `Finds the ${object}.`, result: { latitude: 38.72, longitude: -9.14 } }
  const description = `Looks up ${object} and gives ${isMany ? 'a list of them' : 'what is known'}.`
  if (!isMany) return { ...shared, description, result: { id: `${idOf(noun)}-1`, text: `Made-up ${object}.` } }
  const isPriced = /pric|cheap|cost|book|buy|fare|budget|afford/i.test(task)
  const items = [1, 2, 3].map((number) => ({
    id: `${idOf(noun)}-${number}`,
    name: `${idOf(noun).replaceAll('_', ' ')} ${number}`,
    ...(isPriced ? { price: 60 + number * 45 } : {}),
  }))
  return { ...shared, description, result: { items } }
}

/**
 * What a step takes from a tool before it: parameters of its own, and where their values stand in that tool's result. `taken` are names they
 * cannot have: those of other parameters, and of the tools before it, under which a call's number is given.
 */
function handOver(
  source: Planned,
  step: Step,
  taken: readonly string[],
): { parameters: SketchParameter[]; map: Record<string, string> } {
  const take = (wanted: string, type: SketchParameter['type'], path: string) => {
    const name = taken.includes(wanted) ? `${wanted}_of_${source.tool.name}`.slice(0, 64) : wanted
    const description = `From the result of ${source.tool.name}.`
    return { parameters: [{ name, type, description, required: true }], map: { [name]: path } }
  }
  const { result } = source.tool
  const noun = idOf(source.noun || source.step.verb)
  if ('latitude' in result) {
    const [first, second] = [take('latitude', 'number', 'latitude'), take('longitude', 'number', 'longitude')]
    return { parameters: [...first.parameters, ...second.parameters], map: { ...first.map, ...second.map } }
  }
  if ('items' in result)
    return step.kind === 'think'
      ? take(source.noun.replaceAll(' ', '_'), 'array', 'items')
      : take(`${noun}_id`, 'string', 'items[0].id')
  if ('reference' in result) return take('reference', 'string', 'reference')
  if ('choice_id' in result)
    return step.kind === 'change' && !TELLING.has(step.verb)
      ? take('choice_id', 'string', 'choice_id')
      : take('text', 'string', 'text')
  return step.kind === 'lookup' ? take(`${noun}_id`, 'string', 'id') : take(noun, 'string', 'text')
}

const SUBJECTS: [RegExp, string, string][] = [
  [
    /\b(?:cit(?:y|ies)|towns?|places?|trips?|travel|hotels?|flights?|weather|forecasts?|restaurants?|destination)\b/i,
    'city',
    'Lisbon',
  ],
  [/\b(?:compan(?:y|ies)|competitors?|startups?)\b/i, 'company', 'Northwind'],
  [/\b(?:stocks?|shares?|ticker|symbols?)\b/i, 'symbol', 'MSFT'],
  [/\b(?:customers?|users?|clients?|tickets?|support)\b/i, 'customer', 'Ada Lovelace'],
  [/\b(?:countr(?:y|ies)|nations?)\b/i, 'country', 'Kenya'],
  [/\b(?:repositor(?:y|ies)|repos?|pull requests?|commits?)\b/i, 'repository', 'harbour/tides'],
  [/\b(?:urls?|websites?|pages?|links?)\b/i, 'url', 'https://example.com'],
  [/\b(?:invoices?|orders?|payments?)\b/i, 'order_id', 'A-1042'],
  [/\b(?:products?|items?|goods|parts?)\b/i, 'product', 'Desk lamp'],
]

/** What every lookup is asked about: a thing the words name as the one that changes, else a topic. */
function subjectOf(task: string): SketchParameter {
  const found = SUBJECTS.find(([pattern]) => pattern.test(task))
  const [, name, example] = found ?? [null, 'topic', 'tidal power']
  return {
    name,
    type: 'string',
    description: `For one ${name.replaceAll('_', ' ')}, such as ${example}.`,
    required: true,
  }
}

/** The task itself as a first message; where it names nothing, with something to try it on. Lookups alone get several. */
function firstMessage(task: string, subject: SketchParameter, planned: readonly Planned[]): string {
  const words = task.slice(0, 400).replace(/[.!?\s]+$/, '')
  const sentence = words.charAt(0).toUpperCase() + words.slice(1)
  const namesSomething = /["“\d]/.test(sentence) || /[a-z,]\s+[A-Z][a-z]+/.test(sentence)
  if (namesSomething || !/[a-z]/i.test(sentence)) return `${sentence}.`
  const onlyLooks = planned.every(({ step }) => step.kind === 'lookup')
  return `${sentence}. Do it for ${onlyLooks ? (SEVERAL[subject.name] ?? SEVERAL.topic) : exampleOf(subject.name)}.`
}

const SEVERAL: Record<string, string> = {
  city: 'Lisbon, Oslo and Nairobi',
  symbol: 'MSFT, AAPL and NVDA',
  company: 'Northwind, Contoso and Fabrikam',
  country: 'Japan, Kenya and Norway',
  topic: 'solar, wind and tidal power',
}

const exampleOf = (name: string) => SUBJECTS.find(([, subject]) => subject === name)?.[2] ?? 'tidal power'

function nameOf(task: string): string {
  const words = withoutIntroduction(task)
    .replace(/[.!?;,:].*$/, '')
    .split(' ')
    .slice(0, 7)
    .join(' ')
  const name = words.charAt(0).toUpperCase() + words.slice(1)
  return name.slice(0, 80) || 'Drafted flow'
}

const isPlural = (noun: string) => /[^su]s$/.test(noun) && !/\bnews$/.test(noun)
const idOf = (noun: string) =>
  noun
    .split(' ')
    .map((word, at, all) => (at === all.length - 1 ? stemOf(word) : word))
    .join('_') || 'item'
