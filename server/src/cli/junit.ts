import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { whyNot } from '@volley/shared/evals/whyNot.ts'
import { type EvalReport, gateLine } from './evalReport.ts'

/** The report as JUnit's XML, as CI servers read it: a test for each run, and one for each gate. */
export function junitXml({ flow, runs, gates }: EvalReport, cases: readonly TestCase[]): string {
  const nameOf = new Map(cases.map(({ id, name }) => [id, name === undefined ? id : `${id} ${name}`]))
  const repeats = Math.max(1, ...runs.map(({ repeat }) => repeat))
  const tests = runs.map((one) => {
    const name = `${nameOf.get(one.caseId) ?? one.caseId}${repeats > 1 ? ` (${one.repeat})` : ''}`
    const open = `    <testcase classname="${escaped(flow)}" name="${escaped(name)}" time="${seconds(one.run?.at ?? 0)}"`
    if (one.score.passed) return `${open}/>`
    const kind = one.score.status === 'succeeded' ? 'failure' : 'error'
    return `${open}>\n      <${kind} message="${escaped(whyNot(one))}"/>\n    </testcase>`
  })
  const gateTests = gates.map((gate) => {
    const open = `    <testcase classname="gates" name="${escaped(`--${gate.name} ${gate.limit}`)}"`
    return gate.isMet ? `${open}/>` : `${open}>\n      <failure message="${escaped(gateLine(gate))}"/>\n    </testcase>`
  })
  const errors = runs.filter(({ score }) => score.status !== 'succeeded').length
  const failures = runs.filter(({ score }) => !score.passed).length - errors
  const unmet = gates.filter(({ isMet }) => !isMet).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${runs.length + gates.length}" failures="${failures + unmet}" errors="${errors}">`,
    `  <testsuite name="${escaped(flow)}" tests="${runs.length}" failures="${failures}" errors="${errors}">`,
    ...tests,
    '  </testsuite>',
    ...(gates.length === 0
      ? []
      : [
          `  <testsuite name="gates" tests="${gates.length}" failures="${unmet}" errors="0">`,
          ...gateTests,
          '  </testsuite>',
        ]),
    '</testsuites>',
    '',
  ].join('\n')
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML knows no control characters, not even escaped, and no halves of surrogate pairs. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)
