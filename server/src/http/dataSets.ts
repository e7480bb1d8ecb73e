import type { List } from '@volley/shared/api.ts'
import {
  addCasesSchema,
  changeDataSetSchema,
  type DataSet,
  type DataSetEntry,
  MOST_CASES,
  newDataSetSchema,
} from '@volley/shared/evals/api.ts'
import { readCase } from '@volley/shared/evals/readCases.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { type Context, Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { patternFaults } from '../evals/matchPattern.ts'
import { readBody, readJson } from './body.ts'
import { ApiProblem } from './problems.ts'

/** `/data-sets`: cases that flows are run on, under a name. */
export function dataSetRoutes({ store: { dataSets } }: Pick<Deps, 'store'>) {
  return new Hono()
    .get('/', async (c) => c.json<List<DataSetEntry>>({ items: await dataSets.list() }))
    .post('/', async (c) => {
      const { name, description = '', cases = [] } = await readBody(c, newDataSetSchema)
      return c.json<DataSet, 201>(await dataSets.create({ name, description, cases: readAll(cases) }), 201)
    })
    .get('/:id', async (c) => c.json<DataSet>((await dataSets.get(idOf(c))) ?? missing(c)))
    .put('/:id', async (c) => {
      const { name, description } = await readBody(c, changeDataSetSchema)
      const parts = { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) }
      return c.json<DataSetEntry>((await dataSets.change(idOf(c), parts)) ?? missing(c))
    })
    .delete('/:id', async (c) => {
      if (!(await dataSets.delete(idOf(c)))) missing(c)
      return c.body(null, 204)
    })
    .post('/:id/cases', async (c) => {
      const { cases } = await readBody(c, addCasesSchema)
      const set = (await dataSets.entry(idOf(c))) ?? missing(c)
      if (set.size + cases.length > MOST_CASES)
        throw new ApiProblem(
          'unprocessable',
          `A data set has at most ${MOST_CASES} cases; "${set.name}" has ${set.size}. Begin another one for the rest.`,
        )
      const added = await dataSets.add(set.id, readAll(cases))
      if (added.is === 'unknown') return missing(c)
      if (added.is === 'taken') {
        const message = `The id "${(cases[added.index] as TestCase).id}" is taken by a case of "${set.name}": give the new one another.`
        throw new ApiProblem('unprocessable', message, [{ pointer: `/cases/${added.index}`, message }])
      }
      return c.json<DataSetEntry>(added.entry)
    })
    .put('/:id/cases/:caseId', async (c) => {
      const read = readGood(await readJson(c))
      if (!read.ok) throw new ApiProblem('unprocessable', `The case cannot be read: ${read.error}.`)
      const put = await dataSets.putCase(idOf(c), c.req.param('caseId'), read.value)
      if (put === 'unknown') return missing(c)
      if (put === 'taken')
        throw new ApiProblem('conflict', `The id "${read.value.id}" is taken by another case: give this one another.`)
      return c.json<TestCase>(read.value)
    })
    .delete('/:id/cases/:caseId', async (c) => {
      const caseId = c.req.param('caseId')
      if (!(await dataSets.deleteCase(idOf(c), caseId)))
        throw new ApiProblem('not_found', `The data set "${idOf(c)}" has no case "${caseId}".`)
      return c.body(null, 204)
    })
}

const idOf = (c: Context): string => c.req.param('id') ?? ''

function missing(c: Context): never {
  throw new ApiProblem('not_found', `There is no data set "${idOf(c)}": it was never made, or it was deleted.`)
}

/** All of the cases, or a problem for each that cannot be read, by its place. */
function readAll(given: readonly unknown[]): TestCase[] {
  const problems: Problem[] = []
  const placeOf = new Map<string, number>()
  const cases = given.flatMap((value, at) => {
    const read = readGood(value)
    const before = read.ok ? placeOf.get(read.value.id) : undefined
    if (read.ok && before === undefined) {
      placeOf.set(read.value.id, at)
      return [read.value]
    }
    const why = read.ok ? `its id "${read.value.id}" is that of case ${(before ?? 0) + 1}` : read.error
    problems.push({ pointer: `/cases/${at}`, message: `Case ${at + 1} cannot be taken: ${why}.` })
    return []
  })
  if (problems.length > 0) throw new ApiProblem('unprocessable', problems[0]?.message ?? '', problems)
  return cases
}

/** A case whose patterns can also be run. */
function readGood(value: unknown) {
  const read = readCase(value)
  if (!read.ok) return read
  const faults = patternFaults(read.value)
  return faults.length === 0 ? read : { ok: false as const, error: faults.join('; ') }
}
