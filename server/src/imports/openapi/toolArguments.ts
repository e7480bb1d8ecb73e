import { RESERVED_NAMES } from '@volley/shared/flow/check.ts'
import { CONNECTION_HEADERS, HEADER_NAME } from '@volley/shared/lib/httpHeaders.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { isJsonType } from '../../tools/httpRequest.ts'
import { type Body, FORM } from './bodies.ts'
import { partsOf } from './bodyParts.ts'
import { distinct } from './keywords.ts'
import type { Operation } from './operations.ts'
import type { Parameter } from './parameters.ts'
import type { Schema, Schemas } from './schemas.ts'
import type { Source } from './source.ts'

/** What a tool takes, and where each argument goes. What is in none of the places goes by itself: to the query, or the JSON body. */
export interface ToolArguments {
  all: { name: string; required: boolean; schema: unknown }[]
  inPath: Map<string, string>
  headers: Record<string, string>
  query: [name: string, placeholder: string][]
  body: unknown
  /** What else the JSON body may hold. */
  additional: unknown
}

/** Merges the parameters of path, query, header and body into one list, each with a name of its own. */
export function argumentsOf(operation: Operation, source: Source, schemas: Schemas): ToolArguments {
  const given: ToolArguments = {
    all: [],
    inPath: new Map(),
    headers: {},
    query: [],
    body: undefined,
    additional: undefined,
  }
  const take = takeNames(given, source)
  const body = chosenContent(operation, source, schemas)
  // The rule of http tools: what no placeholder names goes to the query of these methods, as long as they have no body.
  const byItself = ['get', 'head', 'delete'].includes(operation.method) && body === null

  for (const parameter of inOrder(operation, source)) {
    const schema = parameterSchema(parameter, schemas)
    const name = take(parameter.name, parameter.in, { at: parameter.at, required: parameter.required, schema })
    reportStyle(parameter, schema, byItself && name === parameter.name, source)
    if (parameter.in === 'path') given.inPath.set(parameter.name, name)
    else if (parameter.in === 'header') given.headers[parameter.name] = `{{${name}}}`
    else if (!byItself || name !== parameter.name) given.query.push([parameter.name, `{{${name}}}`])
  }
  if (body) putBody(body, given, take, ['get', 'head', 'delete'].includes(operation.method), source)
  return given
}

type Take = ReturnType<typeof takeNames>

/** Gives each argument its own name; the one that comes first keeps it. */
function takeNames(given: ToolArguments, source: Source) {
  const taken = new Set<string>()
  return (
    wanted: string,
    where: string,
    { at, required, schema }: { at: string; required: boolean; schema: unknown },
  ) => {
    const base = isUsableName(wanted) && !taken.has(wanted) ? wanted : `${where}_${wanted.replace(/[{}]/g, '').trim()}`
    let name = base
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`
    taken.add(name)
    if (name !== wanted) {
      const why = isUsableName(wanted) ? 'the name is used twice' : 'no argument can be called so'
      source.problem(at, `"${wanted}" of the ${where} is the argument "${name}": ${why}.`)
    }
    given.all.push({ name, required, schema })
    return name
  }
}

const IGNORED_HEADERS = ['accept', 'content-type', 'authorization']

/** Parameters that can be sent: those of the path first, each placeholder of the path among them. */
function inOrder({ parameters, path, at }: Operation, source: Source): Parameter[] {
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1] as string)
  const known = parameters.filter((one) => one.in === 'path')
  for (const { name, at: place } of known.filter((one) => !inPath.includes(one.name)))
    source.problem(place, `The path "${path.slice(0, 100)}" has no {${name}}: the parameter was left out.`)
  const ofPath = [...new Set(inPath)].map((name): Parameter => {
    const found = known.find((one) => one.name === name)
    if (found) return found
    source.problem(at, `No parameter describes {${name}} of the path: it is taken as text.`)
    const schema = { value: { type: 'string' }, at: `${at}/parameters` }
    return { name, in: 'path', required: true, description: '', schema, examples: [], listStyle: null, at }
  })
  const others = parameters.filter((one) => {
    if (one.in === 'path') return false
    if (one.in === 'query') return true
    const lower = one.name.toLowerCase()
    const why =
      one.in === 'cookie'
        ? 'cookies are not sent by http tools'
        : IGNORED_HEADERS.includes(lower) && source.version !== '2.0'
          ? 'OpenAPI says what this header is in other places'
          : [...IGNORED_HEADERS.slice(1), ...CONNECTION_HEADERS].includes(lower)
            ? 'Volley sets this header itself'
            : HEADER_NAME.test(one.name)
              ? null
              : 'it is no name of a header'
    if (why !== null) source.problem(one.at, `The ${one.in} parameter "${one.name}" was left out: ${why}.`)
    return why === null
  })
  return [...ofPath, ...others.filter((one) => one.in === 'query'), ...others.filter((one) => one.in === 'header')]
}

function parameterSchema({ schema, description, examples }: Parameter, schemas: Schemas): Schema {
  const own = schema ? schemas.translate(schema) : {}
  return {
    ...own,
    ...(description === '' ? {} : { description }),
    ...(examples.length === 0 || own.examples !== undefined ? {} : { examples: distinct(examples) }),
  }
}

function reportStyle({ name, in: where, listStyle, at }: Parameter, schema: Schema, byItself: boolean, source: Source) {
  const types = [schema.type].flat()
  if (types.includes('object')) source.problem(at, `"${name}" takes an object: it is sent as JSON text.`)
  else if (types.includes('array')) {
    if (where !== 'query' || !byItself) source.problem(at, `"${name}" takes a list: it is sent as JSON text.`)
    else if (listStyle !== null)
      source.problem(at, `"${name}" is a list in the style "${listStyle}": it is sent as one pair for each item.`)
  }
}

interface Content {
  type: string
  kind: 'json' | 'form' | 'text'
  schema: Schema
  body: Body
  parts: ReturnType<typeof partsOf>
}

/** The content type that is sent: JSON before a form before text. Null, and a problem, where a tool can send none of them. */
function chosenContent({ body }: Operation, source: Source, schemas: Schemas): Content | null {
  if (!body) return null
  for (const kind of ['json', 'form', 'text'] as const) {
    const content = body.contents.find(({ type }) => kindOf(type) === kind)
    if (!content) continue
    const schema = content.schema ? schemas.translate(content.schema) : {}
    const parts = partsOf(schema, schemas.definition)
    if (kind !== 'form' || parts) return { type: content.type, kind, schema, body, parts }
  }
  const types = body.contents.map(({ type }) => type).join(', ')
  if (types !== '')
    source.problem(
      body.at,
      `A body of ${types.slice(0, 200)} cannot be sent by an http tool (files and parts are not supported): the tool sends none.`,
    )
  return null
}

function kindOf(type: string): Content['kind'] | null {
  if (isJsonType(type) || /^(\*\/\*|application\/\*)/.test(type)) return 'json'
  if (type.toLowerCase().startsWith(FORM)) return 'form'
  return /^text\/(plain|\*)/i.test(type) ? 'text' : null
}

/** Puts the body's properties beside the other arguments, or the body as one argument; writes a template only where it needs one. */
function putBody(
  { type, kind, schema, body, parts }: Content,
  given: ToolArguments,
  take: Take,
  needsTemplate: boolean,
  source: Source,
) {
  const header = Object.keys(given.headers).find((name) => name.toLowerCase() === 'content-type')
  const sent = type.includes('*') ? 'application/json' : type
  if (sent !== 'application/json' && header === undefined) given.headers['Content-Type'] = sent
  if (kind === 'text' || !parts || (needsTemplate && isOpen(parts.additional))) {
    const described =
      body.description === '' || schema.description !== undefined
        ? schema
        : { ...schema, description: body.description }
    given.body = `{{${take('body', 'body', { at: body.at, required: body.required, schema: kind === 'text' ? { type: 'string', ...described } : described })}}}`
    return
  }
  const names = [...parts.properties].map(([property, inner]) => {
    const required = body.required && parts.required.has(property)
    if (kind === 'form' && isObject(inner) && [inner.type].flat().some((one) => one === 'object' || one === 'array'))
      source.problem(body.at, `"${property}" of the form is no plain value: it is sent as JSON text.`)
    return [property, take(property, 'body', { at: body.at, required, schema: inner })] as const
  })
  if (kind === 'form')
    given.body = names.map(([property, name]) => `${encodeURIComponent(property)}={{${name}}}`).join('&')
  else if (needsTemplate || names.some(([property, name]) => property !== name))
    given.body = Object.fromEntries(names.map(([property, name]) => [property, `{{${name}}}`]))
  else given.additional = parts.additional
}

const isOpen = (additional: unknown) => additional !== undefined && additional !== false

/** Whether a name can stand in a placeholder and as a parameter of a tool. */
function isUsableName(name: string): boolean {
  return (
    name !== '' &&
    name === name.trim() &&
    !/[{}]/.test(name) &&
    !name.startsWith('secret.') &&
    !RESERVED_NAMES.includes(name)
  )
}
