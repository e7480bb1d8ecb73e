import * as edit from '@volley/shared/flow/editParameters.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import { isObject, type Json } from '@volley/shared/lib/json.ts'
import { Braces, Plus, Table2 } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { tryChange } from './edits.ts'
import { JsonField } from './JsonField.tsx'
import { ParameterRow } from './ParameterRow.tsx'

/** A tool's parameters as a table and as JSON Schema: two views of one thing. */
export function Parameters({ tool }: { tool: Tool }) {
  const [asSchema, setAsSchema] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const draft = useRef<string | null>(null)
  const add = () => {
    setAsSchema(false)
    const name = edit.freeParameterName(currentFlow(), tool.name)
    tryChange(`Add parameter to ${tool.name}`, (flow) => edit.addParameter(flow, tool.name, name), `parameter:${name}`)
    setEditing(name)
  }
  return (
    <section aria-label="Parameters" data-field="parameters" className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1">
        <SectionTitle className="m-0 text-xs text-text-2">Parameters</SectionTitle>
        <span className="ml-auto flex items-center gap-0.5">
          <Button
            variant="ghost"
            size="sm"
            icon={<Plus size={13} aria-hidden />}
            aria-label="Add parameter"
            onClick={add}
          >
            Add
          </Button>
          <IconButton
            size="sm"
            label={asSchema ? 'Show as a table' : 'Show as JSON Schema'}
            icon={asSchema ? <Table2 size={14} /> : <Braces size={14} />}
            onClick={() => setAsSchema(!asSchema)}
          />
        </span>
      </div>
      {!asSchema && draft.current !== null && (
        <p className="m-0 text-xs text-waiting-text">
          What was typed as JSON Schema is no schema yet: it waits there, and the table shows what counts.
        </p>
      )}
      {asSchema ? (
        <SchemaEditor tool={tool} draft={draft} />
      ) : (
        <Rows tool={tool} editing={editing} onEditing={setEditing} />
      )}
    </section>
  )
}

function Rows({
  tool,
  editing,
  onEditing,
}: {
  tool: Tool
  editing: string | null
  onEditing: (name: string | null) => void
}) {
  const fillers = useFillers(tool.name)
  const properties = Object.entries(edit.propertiesOf(tool))
  const required = new Set(edit.requiredOf(tool))
  if (properties.length === 0)
    return (
      <p className="m-0 rounded-lg border border-dashed border-line-strong px-3 py-2.5 text-xs text-text-2">
        No parameters: the model calls it without arguments.
      </p>
    )
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table className="w-full table-fixed border-collapse text-xs">
        <thead>
          <tr className="border-b border-line bg-surface-2 text-left text-text-3">
            <th className="w-[31%] px-2.5 py-1.5 font-normal">Name</th>
            <th className="w-[20%] px-1 font-normal">Type</th>
            <th className="px-1 font-normal">Filled by</th>
            <th className="w-8">
              <span className="sr-only">More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {properties.map(([name, schema], at) => (
            <ParameterRow
              // A row that is being renamed stays the same row.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              key={at}
              tool={tool.name}
              name={name}
              schema={isObject(schema) ? (schema as Record<string, Json>) : {}}
              at={at}
              count={properties.length}
              isRequired={required.has(name)}
              filledBy={fillers.get(name) ?? null}
              isEditing={editing === name}
              onEditing={onEditing}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Which parameters take their value from another tool's result: `geocode.lat`. */
function useFillers(tool: string): Map<string, string> {
  const edges = useFlow((flow) => flow.edges)
  return new Map(
    edges
      .filter((edge) => edge.to === tool)
      .flatMap((edge) => Object.entries(edge.map ?? {}).map(([name, path]) => [name, `${edge.from}.${path}`])),
  )
}

function SchemaEditor({ tool, draft }: { tool: Tool; draft: RefObject<string | null> }) {
  return (
    <JsonField
      label="JSON Schema of the parameters"
      value={tool.parameters}
      draft={draft}
      check={(value) => (isObject(value) ? null : 'The schema must be an object: { "type": "object", … }.')}
      onValue={(value) =>
        useFlowStore
          .getState()
          .change(
            `Change schema of ${tool.name}`,
            (flow) => edit.setParameters(flow, tool.name, value as Record<string, Json>),
            `${tool.name}:schema`,
          )
      }
    />
  )
}
