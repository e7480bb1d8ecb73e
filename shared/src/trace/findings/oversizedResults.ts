import { DEFAULT_POLICY, policyOf } from '../../flow/defaults.ts'
import { sum } from '../../lib/numbers.ts'
import { roughTokens } from '../../lib/roughTokens.ts'
import { resultChars } from '../../run/content.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered } from './words.ts'

/** Results so long that the model got only a part of them, or paid dearly for the whole. */
export function oversizedResults(facts: TraceFacts): Finding[] {
  const found = facts.run.calls.flatMap((call) => {
    const chars = resultChars(call)
    const tool = facts.tools.get(call.tool)
    const most = tool ? policyOf(tool).maxResultChars : DEFAULT_POLICY.maxResultChars
    return chars > Math.min(most, DEFAULT_POLICY.maxResultChars)
      ? [{ call, chars, cut: Math.max(0, chars - most) }]
      : []
  })
  return [...Map.groupBy(found, ({ call }) => call.tool)].map(([tool, results]) => {
    const numbers = results.map(({ call }) => call.call)
    const [chars, cut] = [sum(results.map((one) => one.chars)), sum(results.map((one) => one.cut))]
    const isHttp = facts.tools.get(tool)?.run.kind === 'http'
    return {
      code: 'oversized_result',
      message: `${tool} ${numbered(numbers)} gave ${chars.toLocaleString('en')} characters${cut > 0 ? `; the model did not see ${cut.toLocaleString('en')} of them` : ''}.`,
      calls: numbers,
      costMs: 0,
      savesMs: 0,
      lostTokens: roughTokens(chars - cut),
      advice: isHttp
        ? `Choose what the model needs with "select" (JMESPath) in ${tool}: it then sees all of it, for fewer tokens.`
        : `Let ${tool} give only what the model needs, a page or the fields it asks for.`,
      evidence: { chars, cut },
    }
  })
}
