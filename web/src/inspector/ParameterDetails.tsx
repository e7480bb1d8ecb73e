import { setRequired, updateParameter } from '@volley/shared/flow/editParameters.ts'
import type { SchemaChange } from '@volley/shared/flow/parameterSchema.ts'
import { isOfType, PARAMETER_TYPES } from '@volley/shared/flow/parameterSchema.ts'
import { schemaType } from '@volley/shared/flow/resultFields.ts'
import { isObject, type Json } from '@volley/shared/lib/json.ts'
import { useState } from 'react'
import { useFlowStore } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { Select } from '../ui/Select.tsx'
import { Switch } from '../ui/Switch.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import { sealChange } from './edits.ts'
import { JsonField } from './JsonField.tsx'

const FORMATS = ['date', 'date-time', 'time', 'email', 'uri', 'uuid', 'ipv4', 'hostname']

interface DetailsProps {
  tool: string
  name: string
  schema: Record<string, Json>
  isRequired: boolean
}

/** All else of one parameter: what fits its type as fields, and its whole schema as JSON, where anything nested is edited. */
export default function ParameterDetails({ tool, name, schema, isRequired }: DetailsProps) {
  const type = schemaType(schema)
  const change = (what: string, edited: SchemaChange) =>
    useFlowStore
      .getState()
      .change(`Change ${name}`, (flow) => updateParameter(flow, tool, name, edited), `${tool}.${name}:${what}`)
  const [least, most] = LIMIT_WORDS[type] ?? []
  return (
    <div className="flex flex-col gap-2.5 rounded-md bg-surface-2 p-2">
      <Field label="Required" inline>
        <Switch
          checked={isRequired}
          onCheckedChange={(required) =>
            useFlowStore
              .getState()
              .change(`${required ? 'Require' : 'Do not require'} ${name}`, (flow) =>
                setRequired(flow, tool, name, required),
              )
          }
        />
      </Field>
      {least && most && (
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          {[least, most].map((word) => (
            <Field key={word} label={LIMIT_LABELS[word]} inline>
              <NumberInput
                value={typeof schema[word] === 'number' ? schema[word] : undefined}
                usual="no limit"
                min={word.startsWith('m') && word.endsWith('imum') ? Number.MIN_SAFE_INTEGER : 0}
                step={type === 'number' ? 0.1 : 1}
                onValue={(value) => change(word, { [word]: value })}
                onBlur={sealChange}
              />
            </Field>
          ))}
        </div>
      )}
      {type === 'string' && (
        <Field label="Format" hint="checked when it is called">
          <TextInput
            list="parameter-formats"
            placeholder="any text"
            value={typeof schema.format === 'string' ? schema.format : ''}
            onChange={({ target }) => change('format', { format: target.value || undefined })}
            onBlur={sealChange}
          />
        </Field>
      )}
      <datalist id="parameter-formats">
        {FORMATS.map((format) => (
          <option key={format} value={format} />
        ))}
      </datalist>
      {type === 'array' && isObject(schema.items) && (
        <Field label="Items are">
          <Select
            value={schemaType(schema.items)}
            options={[...new Set([schemaType(schema.items), ...PARAMETER_TYPES])]}
            onValue={(of) => change('items', { items: of === 'any' ? {} : { type: of } })}
          />
        </Field>
      )}
      {SIMPLE.includes(type) && (
        <>
          <Choices type={type} values={schema.enum} onValues={(values) => change('enum', { enum: values })} />
          <Default
            type={type}
            value={Object.hasOwn(schema, 'default') ? schema.default : undefined}
            onValue={(value) => change('default', { default: value })}
          />
        </>
      )}
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-text-2">
          Its whole schema <span className="font-normal text-text-3">nested parts are edited here</span>
        </span>
        <JsonField
          label={`JSON Schema of ${name}`}
          value={schema}
          check={(value) => (isObject(value) ? null : 'The schema of a parameter is an object: { "type": … }.')}
          onValue={(value) =>
            change('schema', {
              ...Object.fromEntries(Object.keys(schema).map((key) => [key, undefined])),
              ...(value as Record<string, Json>),
            })
          }
        />
      </div>
    </div>
  )
}

const SIMPLE = ['string', 'number', 'integer', 'any']
const LIMIT_WORDS: Record<string, readonly [string, string]> = {
  string: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  array: ['minItems', 'maxItems'],
}
const LIMIT_LABELS: Record<string, string> = {
  minLength: 'Fewest characters',
  maxLength: 'Most characters',
  minimum: 'Least',
  maximum: 'Most',
  minItems: 'Fewest items',
  maxItems: 'Most items',
}

/** The choices, one a line; a line that is no value of the type is not taken over, and says so. */
function Choices({
  type,
  values,
  onValues,
}: {
  type: string
  values: Json | undefined
  onValues: (values: Json[] | undefined) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = Array.isArray(values) ? values.map((one) => textOf(one, type)).join('\n') : ''
  const lines = (typed ?? shown).split('\n').filter((line) => line.trim() !== '')
  const bad = lines.find((line) => readValue(line, type) === undefined)
  return (
    <Field label="Choices" hint="one a line" error={bad === undefined ? undefined : `“${bad}” is no ${type}.`}>
      <TextArea
        mono
        placeholder="any value"
        value={typed ?? shown}
        onChange={({ target }) => {
          setTyped(target.value)
          const read = target.value
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => readValue(line, type))
          const known = [...new Set(read)].filter((one) => one !== undefined)
          if (read.every((one) => one !== undefined)) onValues(known.length > 0 ? known : undefined)
        }}
        onBlur={() => {
          if (bad === undefined) setTyped(null)
          sealChange()
        }}
      />
    </Field>
  )
}

function Default({
  type,
  value,
  onValue,
}: {
  type: string
  value: Json | undefined
  onValue: (value: Json | undefined) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = value === undefined ? '' : textOf(value, type)
  const isBad = typed !== null && typed !== '' && readValue(typed, type) === undefined
  return (
    <Field label="Default" hint="told to the model, not filled in" error={isBad ? `This is no ${type}.` : undefined}>
      <TextInput
        mono
        placeholder="none"
        value={typed ?? shown}
        onChange={({ target }) => {
          setTyped(target.value)
          const read = target.value === '' ? undefined : readValue(target.value, type)
          if (target.value === '' || read !== undefined) onValue(read)
        }}
        onBlur={() => {
          if (!isBad) setTyped(null)
          sealChange()
        }}
      />
    </Field>
  )
}

const textOf = (value: Json, type: string) =>
  type === 'string' && typeof value === 'string' ? value : JSON.stringify(value)

/** What a typed text stands for; undefined where it is no value of the type. */
function readValue(text: string, type: string): Json | undefined {
  if (type === 'string') return text
  try {
    const value = JSON.parse(text) as Json
    return type === 'any' || isOfType(value, type) ? value : undefined
  } catch {
    return undefined
  }
}
