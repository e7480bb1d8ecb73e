import { compareScores } from '@volley/shared/evals/compareScores.ts'
import { documentForCase } from '@volley/shared/evals/documentForCase.ts'
import { checkGates, GATES, type Gate } from '@volley/shared/evals/gates.ts'
import { summariseScores } from '@volley/shared/evals/summarise.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import type { Parts } from '../deps.ts'
import { judgeAnswers } from '../evals/judgeAnswers.ts'
import { isMatch } from '../evals/matchPattern.ts'
import { jobsOf, playJobs } from '../evals/playCases.ts'
import { refusingApprovals, standaloneSpec } from '../standalone/standalone.ts'
import { mockedFlow } from '../starts/mockAll.ts'
import { AGENT_OPTIONS, overridesOf, variablesOf } from './agentOptions.ts'
import { oneOf, readArguments } from './arguments.ts'
import { comparisonText } from './comparisonText.ts'
import { createEvalProgress } from './evalProgress.ts'
import { type EvalReport, evalText } from './evalReport.ts'
import { junitXml } from './junit.ts'
import { openEngine, type ProcessEngine } from './processEngine.ts'
import { readCaseFile } from './readCaseFile.ts'
import { readFlow, writeText } from './readDocument.ts'
import { readReport } from './readReport.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

const OPTIONS = {
  ...AGENT_OPTIONS,
  answers: { type: 'string' },
  against: { type: 'string' },
  repeat: { type: 'string' },
  concurrency: { type: 'string' },
  tools: { type: 'string' },
  json: { type: 'boolean' },
  junit: { type: 'string' },
} as const
const TOOLS = ['live', 'mocked'] as const
const GATE_OPTIONS = Object.fromEntries(GATES.map(({ name }) => [name, { type: 'string' as const }]))

/** `volley eval FLOW.json CASES`: runs a flow on every case in this process, scores the runs, and says whether the gates are met. */
export async function evaluate(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { ...GATE_OPTIONS, ...OPTIONS })
  const [file, caseFile, ...more] = positionals
  if (file === undefined || caseFile === undefined || more.length > 0)
    throw new UsageError('eval takes two files: the flow, and its cases')
  const gates = gatesOf(values as Record<string, unknown>)
  const repeats = countOf('repeat', values.repeat, 1)
  const concurrency = countOf('concurrency', values.concurrency, 4)
  const tools = oneOf('tools', values.tools ?? 'live', TOOLS)
  const variables = variablesOf(values.var ?? [])
  const overrides = overridesOf(values)

  const read = await readFlow(terminal, file, { documents: parts.documents, overrides })
  if (!read) return EXIT.usage
  const before = values.against === undefined ? null : await readReport(terminal, values.against)
  const cases = await readCaseFile(terminal, caseFile, { answers: values.answers })
  const flows = cases && flowsOf(cases, { ...read, parts })
  if (!cases || !flows?.ok) {
    for (const fault of flows?.faults ?? []) terminal.err(`volley: ${caseFile}: ${fault}\n`)
    return EXIT.usage
  }

  const engine = await openEngine(terminal, parts)
  if (!engine) return EXIT.failed
  const stop = new AbortController()
  const unsubscribe = terminal.onInterrupt(() => stop.abort())
  const progress = createEvalProgress(terminal, cases.length * repeats)
  try {
    const played = await playJobs(jobsOf(cases, repeats), {
      concurrency,
      signal: stop.signal,
      ports: { isMatch },
      play: ({ one }, signal) => playOn(engine, one, { flow: flows.of(one), tools, variables, signal }),
      judge: (one, run, signal) => judgeAnswers(one, run, engine.models, signal),
      onPlayed: progress.see,
    })
    progress.close()
    const summary = summariseScores(played)
    const { provider, model, parallelism = 'graph' } = read.flow.agent
    const report: EvalReport = {
      format: 'volley.eval/1',
      flow: read.flow.name,
      provider,
      model,
      parallelism,
      tools,
      summary,
      gates: checkGates(gates, summary),
      runs: played,
      comparison: before && compareScores(before, played),
      unjudged: played.flatMap(({ score }) => score.answer).filter((holds) => holds === null).length,
    }
    terminal.out(values.json ? `${JSON.stringify(withoutRuns(report), null, 2)}\n` : evalText(report))
    if (report.comparison && !values.json) terminal.out(`\n${comparisonText(report.comparison)}`)
    // Last: a file that cannot be written must not cost what was paid for.
    if (values.junit !== undefined) await writeText(terminal, values.junit, junitXml(report, cases))
    if (stop.signal.aborted) return EXIT.interrupted
    return report.gates.every(({ isMet }) => isMet) ? EXIT.ok : EXIT.failed
  } finally {
    unsubscribe()
    progress.close()
    await engine.close()
  }
}

/** One run of a case. A call that needs an approval is refused: no one looks at each of many runs. */
function playOn(
  engine: ProcessEngine,
  { input, messages, variables: own }: TestCase,
  {
    flow,
    tools,
    variables,
    signal,
  }: { flow: Flow; tools: (typeof TOOLS)[number]; variables: Record<string, string>; signal: AbortSignal },
) {
  const mocked = tools === 'mocked'
  const given = { input, variables: { ...variables, ...own }, messages, mocked }
  const spec = standaloneSpec(mocked ? mockedFlow(flow) : flow, given)
  const refuse = refusingApprovals(engine.engine, spec.runId, 'an eval approves no calls')
  return engine.play(spec, { see: (events) => events.forEach(refuse), signal })
}

/** The flow that each case runs on; those that a case makes with tools of its own are checked as a document is. */
function flowsOf(
  cases: readonly TestCase[],
  { document, flow, parts }: { document: unknown; flow: Flow; parts: Parts },
): { ok: true; of(one: TestCase): Flow; faults: [] } | { ok: false; faults: string[] } {
  const own = new Map<TestCase, Flow>()
  const faults: string[] = []
  for (const one of cases) {
    const made = one.tools ? parts.documents.parse(documentForCase(document, one)) : { ok: true as const, value: flow }
    if (made.ok) own.set(one, made.value)
    else
      faults.push(
        `the case "${one.id}": ${made.error.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')}`,
      )
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, of: (one) => own.get(one) ?? flow, faults: [] }
}

function gatesOf(values: Record<string, unknown>): Gate[] {
  return GATES.flatMap(({ name, metric, unit }) => {
    const given = values[name]
    if (typeof given !== 'string') return []
    const limit = Number(given)
    if (given.trim() === '' || !Number.isFinite(limit) || limit < 0 || (unit === 'share' && limit > 1))
      throw new UsageError(`--${name} "${given}" is no number ${unit === 'share' ? 'from 0 to 1' : 'of 0 or more'}`)
    return [{ name, metric, limit }]
  })
}

function countOf(option: string, given: string | undefined, usual: number): number {
  const count = Number(given ?? usual)
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new UsageError(`--${option} "${given}" is no whole number from 1 to 1000`)
  return count
}

/** For JSON: of each run its id in place of all its events. */
const withoutRuns = ({ runs, ...rest }: EvalReport) => ({
  ...rest,
  runs: runs.map(({ run, ...one }) => ({ ...one, runId: run?.id ?? null, output: run?.output ?? null })),
})
