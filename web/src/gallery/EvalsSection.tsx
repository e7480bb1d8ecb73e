import type { EvalEntry } from '@volley/shared/evals/api.ts'
import type { CaseScore, ScoredRun } from '@volley/shared/evals/caseScore.ts'
import { compareScores } from '@volley/shared/evals/compareScores.ts'
import { summariseScores } from '@volley/shared/evals/summarise.ts'
import type { EvalVariant } from '@volley/shared/evals/variants.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import { CaseTable } from '../evals/CaseTable.tsx'
import { caseRows } from '../evals/caseRows.ts'
import { ProgressBar } from '../evals/ProgressBar.tsx'
import { VariantTable } from '../evals/VariantTable.tsx'
import { VersionChart } from '../evals/VersionChart.tsx'
import { metricOf } from '../evals/words.ts'
import type { SectionProps } from './GalleryPage.tsx'
import { Section, Specimen } from './Section.tsx'

const nothing = () => {}

/** Evals: how far one is, its variants by their numbers, ended and underway, its cases, and the versions of a flow over them. */
export function EvalsSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      <Specimen name="variants of one that ended" width={900}>
        <VariantTable
          evaluation={{ variants: VARIANTS, summaries: RUNS.map((runs) => summariseScores(runs)) }}
          names={NAMES}
          runs={RESULTS}
          comparisons={[compareScores(RUNS[0] ?? [], RUNS[1] ?? []), compareScores(RUNS[0] ?? [], RUNS[2] ?? [])]}
        />
      </Specimen>
      <Specimen name="variants of one that runs" width={800}>
        <VariantTable
          evaluation={{ variants: VARIANTS.slice(0, 1), summaries: null }}
          names={NAMES.slice(0, 1)}
          runs={RESULTS.slice(0, 1)}
          comparisons={null}
        />
      </Specimen>
      <Specimen name="cases" width={900}>
        <CaseTable rows={caseRows(ITEMS, RESULTS.flat(), VARIANTS.length)} names={NAMES} onOpen={nothing} />
      </Specimen>
      <Specimen name="versions by what passed" width={560}>
        <VersionChart figures={FIGURES} metric={metricOf('passed')} />
      </Specimen>
      <Specimen name="progress, some failed" width={260}>
        <ProgressBar label="Progress" progress={{ total: 40, done: 26, failed: 5, costUsd: 0, timeLeftMs: null }} />
      </Specimen>
    </Section>
  )
}

const VARIANTS: EvalVariant[] = [3, 4, 5].map((version) => ({
  version,
  provider: 'simulated',
  model: 'simulated-1',
  parallelism: 'graph',
  clause: null,
}))
const NAMES = VARIANTS.map(({ version }) => `v${version}`)
const ITEMS = ['oslo', 'bergen', 'narvik', 'kiel', 'porto', 'dover', 'cork', 'ghent'].map((id) => ({
  id,
  input: `When can we sail from ${id}?`,
  expected: {},
}))
/** How many calls of four each variant makes right, case by case: the second is much better, the third a little worse. */
const RIGHT = [
  [2, 2, 1, 2, 3, 2, 1, 2],
  [4, 4, 3, 4, 4, 4, 4, 3],
  [2, 1, 1, 2, 3, 2, 1, 3],
]
const RUNS: ScoredRun[][] = RIGHT.map((right) =>
  ITEMS.map(({ id }, at) => ({ caseId: id, repeat: 1, score: scoreOf(right[at] ?? 0) })),
)
const RESULTS = RUNS.map((runs, variant) =>
  runs.map((run, at) => ({ ...run, seq: at + 1, variant, runId: null, error: null, output: null })),
)
const FIGURES: VersionFigures[] = RUNS.map((runs, at) => ({
  version: at + 3,
  eval: { id: `e${at}`, name: 'Departures', finishedAt: '2026-11-28T10:00:00Z' },
  dataSet: { id: 'd', name: 'Departures' } satisfies EvalEntry['dataSet'],
  summary: summariseScores(runs),
}))

function scoreOf(right: number): CaseScore {
  const agreement = { precision: 1, recall: right / 4, f1: (2 * right) / (4 + right) }
  const skipped = [0, 1, 2, 3].slice(right)
  return {
    status: 'succeeded',
    passed: right === 4,
    calls: { byName: agreement, byCall: agreement, skipped, extra: [], forbidden: [] },
    order: null,
    sharing: null,
    answer: [],
    bfcl: null,
    took: {
      turns: 6 - right,
      callsPerTurn: right,
      latencyMs: 900 - right * 100,
      inputTokens: 400,
      outputTokens: 60,
      costUsd: 0.002,
    },
  }
}
