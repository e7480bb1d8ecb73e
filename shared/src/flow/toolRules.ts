import { placeholdersIn } from '../lib/template.ts'
import { isRepeatable, policyOf } from './defaults.ts'
import { propertiesOf } from './editParameters.ts'
import type { Flow, Tool } from './flow.ts'

// What a tool's annotations and policy come to, in plain words, and which of them make an odd pair.

/** What follows from the annotations and the policy, as sentences about the tool's calls. */
export function ruleWords(tool: Tool): string[] {
  const policy = policyOf(tool)
  const words: string[] = []
  if (isRepeatable(tool)) {
    words.push('A call may start while the model still writes.')
    words.push('A call that a crash cut off is made again.')
    words.push(
      policy.retries === 0
        ? 'A call that fails is not tried again.'
        : `A call that fails for a passing reason is tried again, up to ${times(policy.retries)}.`,
    )
  } else {
    words.push('A call starts only after the model’s message has ended.')
    words.push('A call is tried once. After a crash nobody knows what it did, so it fails and the model is told.')
  }
  words.push(`Each try has ${duration(policy.timeoutMs)}.`)
  if (Number.isFinite(policy.concurrency))
    words.push(
      policy.concurrency === 1
        ? 'Its calls run one at a time, over all runs of the flow.'
        : `At most ${policy.concurrency} of its calls run at once, over all runs of the flow.`,
    )
  if (policy.rate)
    words.push(
      `At most ${policy.rate.limit} of its calls begin in any ${duration(policy.rate.perMs)}, over all runs of the flow.`,
    )
  if (policy.exclusive !== undefined)
    words.push(
      placeholdersIn(policy.exclusive).length === 0
        ? `Its calls run one at a time, and not beside those of any tool with the key "${policy.exclusive}".`
        : `Calls whose key ${policy.exclusive} comes out equal run one at a time, whatever their tool.`,
    )
  if (policy.cache === 'run') words.push('Equal calls of a run are made once; the others get the same result.')
  if (policy.approval === 'always') words.push('Each call waits until a person allows it; others go on meanwhile.')
  return words
}

export interface RuleWarning {
  /** The part it is about: a key of `policy` or `annotations`. */
  about: string
  message: string
}

/** Settings that do nothing, or that pull against each other. None of them makes a document invalid. */
export function ruleWarnings(tool: Tool, flow: Pick<Flow, 'agent'>): RuleWarning[] {
  const { annotations = {}, policy = {} } = tool
  const warnings: RuleWarning[] = []
  const warn = (about: string, message: string) => warnings.push({ about, message })
  if (policy.retries && !isRepeatable(tool))
    warn(
      'retries',
      'Nothing is tried again: only tools that only read, or are safe to repeat, are. Set one of the two, or leave this empty.',
    )
  if (annotations.readOnlyHint && annotations.destructiveHint)
    warn('destructiveHint', 'A tool that only reads cannot destroy anything: one of the two is not so.')
  if (
    tool.run.kind === 'http' &&
    annotations.readOnlyHint &&
    ['PUT', 'PATCH', 'DELETE'].includes(tool.run.method ?? '')
  )
    warn(
      'readOnlyHint',
      `${tool.run.method} usually changes something, and a tool that only reads may be called early and again.`,
    )
  if (tool.run.kind === 'http' && annotations.idempotentHint && !annotations.readOnlyHint && tool.run.method === 'POST')
    warn(
      'idempotentHint',
      'A POST does its work anew each time unless the server honours Idempotency-Key, which Volley sends.',
    )
  if (policy.approval === 'always' && isRepeatable(tool) && annotations.readOnlyHint)
    warn('approval', 'It only reads, and still a person must allow every call: nothing starts early.')
  if (policy.cache === 'run' && !isRepeatable(tool))
    warn(
      'cache',
      'Two equal calls may be meant as two effects, and only one is made. Share results of tools that only read.',
    )
  const concurrency = flow.agent.limits?.concurrency
  if (policy.concurrency !== undefined && concurrency !== undefined && policy.concurrency > concurrency)
    warn('concurrency', `The agent runs at most ${concurrency} calls at once, so this limit is never reached.`)
  if (policy.exclusive !== undefined) warnings.push(...exclusiveWarnings(tool, policy.exclusive))
  return warnings
}

function exclusiveWarnings(tool: Tool, exclusive: string): RuleWarning[] {
  const known = propertiesOf(tool)
  const required = new Set(Array.isArray(tool.parameters.required) ? tool.parameters.required : [])
  const names = [...new Set(placeholdersIn(exclusive))].filter((name) => !name.startsWith('secret.'))
  return names.flatMap((name) => {
    if (!Object.hasOwn(known, name))
      return [
        { about: 'exclusive', message: `No parameter is called "${name}", so no argument fills that part of the key.` },
      ]
    if (required.has(name)) return []
    return [
      {
        about: 'exclusive',
        message: `"${name}" is optional: calls that leave it out all share one key, and run one at a time.`,
      },
    ]
  })
}

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** A time limit as one says it: `30 seconds`, `1.5 minutes`, `250 ms`. */
function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`
  const [amount, unit] = ms < 60_000 ? [ms / 1000, 'second'] : [ms / 60_000, 'minute']
  const rounded = Math.round(amount * 10) / 10
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`
}
