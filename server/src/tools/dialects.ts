import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { compileRegExp, type LinearRegExp } from './linearRegExp.ts'
import { addFormats } from './schemaFormats.ts'
import { replaceKeywords } from './schemaKeywords.ts'
import { countingCode, type Work } from './schemaWork.ts'

/** JSON Schema in one of its versions. */
export interface Dialect {
  /** Errors of a schema against the dialect's own schema. */
  errorsOf(schema: Record<string, unknown>): readonly ErrorObject[]
  compile(schema: Record<string, unknown>): ValidateFunction
}
export type Dialects = Record<'2020-12' | '2019-09' | 'draft-07', Dialect>

/** The versions that are understood. Each library is made when it is first needed. All that their validators do is counted as work. */
export function makeDialects(work: Work): Dialects {
  return { '2020-12': dialect(Ajv2020, work), '2019-09': dialect(Ajv2019, work), 'draft-07': dialect(Ajv, work) }
}

function dialect(Library: typeof Ajv, work: Work): Dialect {
  const options = optionsFor(work)
  let forMeta: Ajv | undefined
  const library = (more: Options = {}) => {
    const made = Object.assign(new Library({ ...options, ...more }), { work })
    replaceKeywords(made, work)
    addFormats(made, work)
    return made
  }
  return {
    errorsOf(schema) {
      forMeta ??= library()
      forMeta.validateSchema(schema)
      return forMeta.errors ?? []
    },
    // A library of its own for each schema: an id in one can then never name, or replace, another or the meta-schema.
    compile: (schema) => library({ meta: false, validateSchema: false }).compile(schema),
  }
}

function optionsFor(work: Work): Options {
  return {
    strict: false,
    allErrors: true,
    verbose: true,
    ownProperties: true,
    logger: false,
    code: {
      process: countingCode,
      regExp: Object.assign(
        (pattern: string) => {
          const made = compileRegExp(pattern)
          if (made.ok) return counted(made.value, work)
          throw new UnusablePattern(pattern, made.error)
        },
        { code: 'linearRegExp' },
      ),
    },
  }
}

function counted(expression: LinearRegExp, work: Work): LinearRegExp {
  return {
    ...expression,
    test(text) {
      work.use(expression.stepsFor(text))
      return expression.test(text)
    },
  }
}

/** Thrown while compiling, for a pattern that stands where no walk of the schema finds it. */
export class UnusablePattern extends Error {
  pattern: string
  reason: string
  constructor(pattern: string, reason: string) {
    super(`"${pattern}": ${reason}`)
    this.pattern = pattern
    this.reason = reason
  }
}
