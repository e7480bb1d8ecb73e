import { type ScoredRun, scoredRunSchema } from '@volley/shared/evals/caseScore.ts'
import { z } from 'zod'
import { readBytes } from './readDocument.ts'
import { type Terminal, UsageError } from './terminal.ts'

const reportSchema = z.object({ format: z.literal('volley.eval/1'), runs: z.array(scoredRunSchema) })

/** The scored runs of an earlier eval, from what its `--json` printed. */
export async function readReport(terminal: Terminal, file: string): Promise<ScoredRun[]> {
  const text = new TextDecoder().decode(await readBytes(terminal, file))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UsageError(`the file "${file}" is no JSON: give what "volley eval … --json" printed`)
  }
  const report = reportSchema.safeParse(value)
  if (report.success) return report.data.runs
  const [issue] = report.error.issues
  throw new UsageError(
    `the file "${file}" is not what "volley eval … --json" prints: "${issue?.path.join('.')}" ${issue?.message}`,
  )
}
