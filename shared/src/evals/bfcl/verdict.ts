import { type Declared, valueFault } from './checkValue.ts'
import { isTypedObject, parseTyped, type Typed, type TypedObject } from './typedJson.ts'

// The verdict of the Berkeley Function Calling Leaderboard's checker on the calls of one answer, rule for rule
// (ShishirPatil/gorilla, Apache-2.0, eval_checker/ast_eval/ast_checker.py); agreement is tested on the checker's own verdicts. Pure.

export interface BfclCase {
  /** `simple_python`, `multiple`, `parallel`, `live_parallel_multiple`, `irrelevance`, … */
  category: string
  functions: readonly BfclFunction[]
  /** For each expected call the function's name with the accepted values of each parameter; `""` among them: may be left out. */
  possible_answer: readonly TypedObject[] | null
}

export interface BfclFunction {
  name: string
  parameters: { properties?: Record<string, Declared>; required?: readonly string[] }
}

export interface BfclCall {
  name: string
  /** JSON text, in which 5 and 5.0 differ. */
  arguments: string
}

export interface Verdict {
  valid: boolean
  /** The checker's own name of what is wrong first. */
  error_type?: string
}

interface Decoded {
  name: string
  arguments: TypedObject
}

export interface VerdictOptions {
  /** Names are compared with every `.` of a declared name turned into `_`, for models that can take no dots. */
  dotsToUnderscores: boolean
}

/** Whether the calls are right, by the rules of the case's category. */
export function bfclVerdict(one: BfclCase, calls: readonly BfclCall[], options: VerdictOptions): Verdict {
  const decoded = decode(calls)
  if (one.category.includes('irrelevance')) {
    const hasCalls = typeof decoded !== 'string' && decoded.length > 0
    return verdict(hasCalls ? 'irrelevance_error:decoder_success' : null)
  }
  if (typeof decoded === 'string') return verdict(decoded)
  const answers = one.possible_answer ?? []
  if (one.category.includes('parallel')) return verdict(parallelFault(one, decoded, answers, options))
  const checker = one.category.includes('multiple') ? 'multiple_function_checker' : 'simple_function_checker'
  const [answer] = answers
  const [call] = decoded
  if (decoded.length !== answers.length || !answer || !call) return verdict(`${checker}:wrong_count`)
  return verdict(callFault(one, call, answer, options))
}

const verdict = (error: string | null): Verdict =>
  error === null ? { valid: true } : { valid: false, error_type: error }

/** Each answer takes the first call that is not taken yet and satisfies it, and is not thought over again. */
function parallelFault(
  one: BfclCase,
  calls: readonly Decoded[],
  answers: readonly TypedObject[],
  options: VerdictOptions,
): string | null {
  if (calls.length !== answers.length) return 'parallel_function_checker_no_order:wrong_count'
  const taken = new Set<number>()
  for (const answer of answers) {
    const at = calls.findIndex((call, index) => !taken.has(index) && callFault(one, call, answer, options) === null)
    if (at < 0) return 'parallel_function_checker_no_order:cannot_find_match'
    taken.add(at)
  }
  return null
}

function callFault(
  { functions }: BfclCase,
  call: Decoded,
  answer: TypedObject,
  { dotsToUnderscores }: VerdictOptions,
): string | null {
  const [name = ''] = Object.keys(answer)
  const declared = functions.find((one) => one.name === name)
  const accepted = answer[name]
  if (!declared || !isTypedObject(accepted)) return 'simple_function_checker:wrong_func_name'
  if (call.name !== (dotsToUnderscores ? name.replaceAll('.', '_') : name))
    return 'simple_function_checker:wrong_func_name'
  const { properties = {}, required = [] } = declared.parameters
  const given = call.arguments
  if (required.some((parameter) => !Object.hasOwn(given, parameter))) return 'simple_function_checker:missing_required'
  for (const [parameter, value] of Object.entries(given)) {
    const values = Object.hasOwn(accepted, parameter) ? accepted[parameter] : undefined
    const details = Object.hasOwn(properties, parameter) ? properties[parameter] : undefined
    if (!details || !Array.isArray(values)) return 'simple_function_checker:unexpected_param'
    const fault = valueFault(value, values, details)
    if (fault !== null) return fault
  }
  const isMissing = ([parameter, values]: [string, Typed]) =>
    !Object.hasOwn(given, parameter) && !(Array.isArray(values) && values.includes(''))
  return Object.entries(accepted).some(isMissing) ? 'simple_function_checker:missing_optional' : null
}

/** The calls with their arguments read, or which of the checker's words says why they cannot be. */
function decode(calls: readonly BfclCall[]): Decoded[] | string {
  const decoded: Decoded[] = []
  let fault: string | null = null
  for (const { name, arguments: text } of calls) {
    let given: Typed
    try {
      given = parseTyped(text)
    } catch {
      return 'ast_decoder:decoder_failed'
    }
    if (isTypedObject(given)) decoded.push({ name, arguments: given })
    else fault = 'ast_decoder:decoder_wrong_output_format'
  }
  return fault ?? decoded
}
