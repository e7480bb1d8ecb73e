import * as edit from '@volley/shared/flow/editParameters.ts'
import { PARAMETER_TYPES, retyped, schemaFacts } from '@volley/shared/flow/parameterSchema.ts'
import { schemaType } from '@volley/shared/flow/resultFields.ts'
import type { Json } from '@volley/shared/lib/json.ts'
import { ArrowDown, ArrowUp, Ellipsis, SlidersHorizontal, Trash2 } from 'lucide-react'
import { Fragment, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { Chip } from '../ui/Chip.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { sealChange, tryChange } from './edits.ts'

const ParameterDetails = lazy(() => import('./ParameterDetails.tsx'))

const TYPES: readonly string[] = PARAMETER_TYPES

export interface ParameterRowProps {
  tool: string
  name: string
  schema: Record<string, Json>
  at: number
  count: number
  isRequired: boolean
  /** Where its value comes from when the model does not give it. */
  filledBy: string | null
  isEditing: boolean
  onEditing: (name: string | null) => void
}

/** One parameter: its name, type and source in a line, what the model reads of it below. */
export function ParameterRow(props: ParameterRowProps) {
  const { tool, name, schema, at, count, isRequired, filledBy, isEditing, onEditing } = props
  const [isOpen, setOpen] = useState(false)
  const facts = schemaFacts(schema)
  const change = (what: string, edited: Parameters<typeof edit.updateParameter>[3]) =>
    useFlowStore
      .getState()
      .change(`Change ${name}`, (flow) => edit.updateParameter(flow, tool, name, edited), `${tool}.${name}:${what}`)
  const toggle = () =>
    useFlowStore
      .getState()
      .change(`${isRequired ? 'Do not require' : 'Require'} ${name}`, (flow) =>
        edit.setRequired(flow, tool, name, !isRequired),
      )
  const moveTo = (to: number) =>
    useFlowStore.getState().change(`Move ${name}`, (flow) => edit.moveParameter(flow, tool, name, to))
  return (
    <Fragment>
      <tr data-field={`parameters.properties.${name}`} className={at > 0 ? 'border-t border-line' : ''}>
        <td className="px-1 pt-1 pl-1.5 align-middle">
          {isEditing ? (
            <NameInput {...props} />
          ) : (
            <button
              type="button"
              aria-label={`Rename ${name}`}
              onClick={() => onEditing(name)}
              className="max-w-full truncate rounded-sm px-1 py-0.5 text-left font-mono text-xs font-semibold text-text-1 hover:bg-surface-3"
            >
              {name}
              {isRequired && (
                <span title="required" className="text-text-3">
                  *
                </span>
              )}
            </button>
          )}
        </td>
        <td className="px-0.5 pt-1">
          <select
            aria-label={`Type of ${name}`}
            value={schemaType(schema)}
            onChange={({ target }) => change('type', retyped(schema, target.value))}
            className="max-w-full appearance-none rounded-sm bg-surface-3 px-1 py-0.5 font-mono text-2xs text-text-2 hover:text-text-1"
          >
            {!TYPES.includes(schemaType(schema)) && <option>{schemaType(schema)}</option>}
            {TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </td>
        <td className="truncate px-1 pt-1">
          {filledBy ? (
            <Chip tone="data" mono title={filledBy}>
              <span className="truncate leading-4">{filledBy}</span>
            </Chip>
          ) : (
            <span className="text-text-2">model</span>
          )}
        </td>
        <td className="pt-1 pr-1 text-right">
          <Menu trigger={<IconButton size="sm" label={`More for ${name}`} icon={<Ellipsis size={13} />} />}>
            <MenuItem icon={<SlidersHorizontal size={13} />} onSelect={() => setOpen(!isOpen)}>
              {isOpen ? 'Hide details' : 'Details'}
            </MenuItem>
            <MenuItem onSelect={toggle}>{isRequired ? 'Make it optional' : 'Make it required'}</MenuItem>
            <MenuItem icon={<ArrowUp size={13} />} disabled={at === 0} onSelect={() => moveTo(at - 1)}>
              Move up
            </MenuItem>
            <MenuItem icon={<ArrowDown size={13} />} disabled={at === count - 1} onSelect={() => moveTo(at + 1)}>
              Move down
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              danger
              icon={<Trash2 size={13} />}
              onSelect={() =>
                useFlowStore.getState().change(`Remove ${name}`, (flow) => edit.removeParameter(flow, tool, name))
              }
            >
              Remove
            </MenuItem>
          </Menu>
        </td>
      </tr>
      <tr>
        <td colSpan={4} className="px-1.5 pb-1">
          <input
            aria-label={`What ${name} means`}
            placeholder="Say what it means"
            value={typeof schema.description === 'string' ? schema.description : ''}
            onChange={({ target }) => change('description', { description: target.value || undefined })}
            onBlur={sealChange}
            className="w-full truncate rounded-sm border-0 bg-transparent px-1 py-0.5 text-xs text-text-2 placeholder:text-text-3 hover:bg-surface-2"
          />
          {facts.length > 0 && (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-label={`Details of ${name}: ${facts.join(' · ')}`}
              onClick={() => setOpen(!isOpen)}
              className="block max-w-full truncate rounded-sm px-1 text-left font-mono text-2xs text-text-3 hover:bg-surface-2 hover:text-text-1"
            >
              {facts.join(' · ')}
            </button>
          )}
          {isOpen && (
            <Suspense>
              <ParameterDetails tool={tool} name={name} schema={schema} isRequired={isRequired} />
            </Suspense>
          )}
        </td>
      </tr>
    </Fragment>
  )
}

/** The name follows what is typed as long as it can be one; else it stays as it was and says why. */
function NameInput({ tool, name, onEditing }: ParameterRowProps) {
  const [typed, setTyped] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  const fault = edit.parameterNameFault(currentFlow(), tool, typed, name)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  return (
    <>
      <input
        ref={input}
        aria-label="Parameter name"
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault ? `${tool}-parameter-fault` : undefined}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value)
          const reason = tryChange(
            `Rename ${name}`,
            (flow) => edit.renameParameter(flow, tool, name, target.value),
            `parameter:${name}`,
          )
          if (reason === null) onEditing(target.value)
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter' || key === 'Escape') onEditing(null)
        }}
        onBlur={() => {
          sealChange()
          onEditing(null)
        }}
        className="w-full rounded-sm border border-line-strong bg-surface-2 px-1 py-0.5 font-mono text-xs text-text-1 aria-invalid:border-failed"
      />
      {fault && (
        <span id={`${tool}-parameter-fault`} role="alert" className="block text-2xs text-failed-text">
          {fault}
        </span>
      )}
    </>
  )
}
