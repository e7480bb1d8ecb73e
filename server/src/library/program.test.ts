import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { programOf, typeOf } from '@volley/shared/flow/exportProgram.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { describe, expect, onTestFinished, test } from 'vitest'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const run = promisify(execFile)
const node = (args: string[]) => run(process.execPath, args, { cwd: root })

const documents = readdirSync(path.join(root, 'examples'))
  .filter((name) => name.endsWith('.flow.json'))
  .map((name) => [name, JSON.parse(readFileSync(path.join(root, 'examples', name), 'utf8')) as FlowDocument] as const)

/** A folder in the checkout, so that `@volley/server` is found from it, and one that git does not see. */
function folderInside(): string {
  mkdirSync(path.join(root, '.volley'), { recursive: true })
  const folder = mkdtempSync(path.join(root, '.volley/program-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('a flow exported as a program', () => {
  test('type-checks, for every example, also with a function in the place of each tool', async () => {
    const folder = folderInside()
    for (const [name, document] of documents) {
      const program = programOf(document)
      writeFileSync(path.join(folder, `${name}.ts`), program)
      writeFileSync(path.join(folder, `${name}.own.ts`), program.replaceAll(/^ {2}\/\/ (?=["\w-]+: async )/gm, '  '))
    }
    const bad = programOf(documents[0]?.[1] as FlowDocument).replace("input: process.argv[2] ?? ''", 'input: 7')
    writeFileSync(path.join(folder, 'bad.ts'), bad)
    const config = { extends: path.join(root, 'tsconfig.json'), include: ['*.ts'] }
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
    const checked = await node([tsc, '--noEmit', '-p', folder]).then(
      () => '',
      (fault: { stdout: string }) => fault.stdout,
    )
    expect(
      checked
        .split('\n')
        .filter((line) => line.includes('error TS'))
        .map((line) => path.basename(line.replace(/\(.*/, ''))),
    ).toEqual(['bad.ts'])
  })

  test('runs, and prints the answer', async () => {
    const [, document] = documents.find(([name]) => name === 'three-cities.flow.json') ?? []
    const file = path.join(folderInside(), 'three-cities.ts')
    writeFileSync(file, programOf(document as FlowDocument))
    const { stdout, stderr } = await node([file, 'What is the weather in Chicago?'])
    expect(stdout).toContain('Chicago')
    expect(stderr).toContain('call 1 started')
  })

  test('takes the secrets it names from the environment, and a name cannot leave its comment', () => {
    const program = programOf({
      format: 'volley.flow/1',
      name: 'Tides\nprocess.exit(1)',
      agent: { provider: 'simulated', model: 's' },
      tools: [
        {
          name: 'tide-table',
          description: 'Tides.\u2028process.exit(1)',
          parameters: { type: 'object', properties: { port: { type: 'string' } } },
          run: { kind: 'http', url: 'https://tides.example', headers: { key: '{{secret.TIDES}}' } },
        },
      ],
    })
    expect(program).toContain('secrets: { TIDES: process.env.TIDES },')
    expect(program).toContain('// "tide-table": async (args: { "port"?: string }, { signal })')
    expect(program).not.toMatch(/^\s*process\.exit\(/m)
  })
})

test.each([
  [{ type: 'integer' }, 'number'],
  [{ enum: ['a', 2, null] }, '"a" | 2 | null'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ type: 'array', items: { type: 'boolean' } }, 'Array<boolean>'],
  [{ type: 'object', properties: { a: { const: 1 }, b: true }, required: ['a'] }, '{ "a": 1; "b"?: unknown }'],
  [{ type: 'object' }, 'Record<string, unknown>'],
  [{ $ref: '#/x' }, 'unknown'],
])('the schema %j is the type %s', (schema, type) => {
  expect(typeOf(schema)).toBe(type)
})

test('the example program runs a flow with a function of its own', async () => {
  const { stdout, stderr } = await node([path.join(root, 'examples/program/rainy-cities.ts')])
  expect(stdout).toContain('rain')
  expect(stderr).toMatch(/get_weather \{"city":"Bergen"\}/)
  expect(stderr).toMatch(/[3-9] calls in 2 turns: succeeded/)
})
