import { Download, Play, Plus, Trash2 } from 'lucide-react'
import { Button, type ButtonVariant } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Combobox } from '../ui/Combobox.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Notice } from '../ui/Notice.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { PairsInput } from '../ui/PairsInput.tsx'
import { Select } from '../ui/Select.tsx'
import { Checkbox, Switch } from '../ui/Switch.tsx'
import { Tab, TabList, Tabs } from '../ui/Tabs.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { Section, Specimen } from './Section.tsx'

const VARIANTS: ButtonVariant[] = ['primary', 'outline', 'ghost', 'danger']
const nothing = () => {}

/** The parts that everything else is made of. */
export function PrimitivesSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      {VARIANTS.map((variant) => (
        <Specimen key={variant} name={`button, ${variant}`}>
          <div className="flex items-center gap-2">
            <Button variant={variant} icon={<Play size={13} aria-hidden />}>
              Run
            </Button>
            <Button variant={variant} size="sm">
              Small
            </Button>
            <Button variant={variant} disabled>
              Disabled
            </Button>
          </div>
        </Specimen>
      ))}
      <Specimen name="icon button: plain, pressed, small, disabled">
        <div className="flex gap-1">
          <IconButton label="Add" icon={<Plus size={15} />} />
          <IconButton label="Download" icon={<Download size={15} />} pressed />
          <IconButton label="Add one" icon={<Plus size={13} />} size="sm" />
          <IconButton label="Delete" icon={<Trash2 size={15} />} disabled />
        </div>
      </Specimen>
      <Specimen name="chip: plain, data, mono">
        <div className="flex gap-2">
          <Chip>draft</Chip>
          <Chip tone="data">lat → lat</Chip>
          <Chip mono>v12</Chip>
        </div>
      </Specimen>
      <Specimen name="keys">
        <div className="flex gap-1">
          <Kbd keys="/" />
          <Kbd keys="Ctrl K" />
        </div>
      </Specimen>
      <Specimen name="tabs">
        <Tabs value="one">
          <TabList label="Tabs">
            <Tab value="one">Definition</Tab>
            <Tab value="two">Policy</Tab>
          </TabList>
        </Tabs>
      </Specimen>
      <Specimen name="switch and checkbox: off, on, disabled">
        <div className="flex items-center gap-3">
          <Switch aria-label="Off" />
          <Switch aria-label="On" checked />
          <Switch aria-label="Disabled" disabled />
          <Checkbox aria-label="Off" />
          <Checkbox aria-label="On" checked />
        </div>
      </Specimen>
      <Specimen name="field" width={280}>
        <Field label="Name" hint="as the model sees it">
          <TextInput value="get_forecast" onChange={nothing} />
        </Field>
      </Specimen>
      <Specimen name="field with a fault" width={280}>
        <Field label="Name" error="Another tool has this name.">
          <TextInput value="geocode" onChange={nothing} />
        </Field>
      </Specimen>
      <Specimen name="field, empty" width={280}>
        <Field label="Description">
          <TextArea placeholder="What it does, and when to use it" />
        </Field>
      </Specimen>
      <Specimen name="field in a line" width={280}>
        <Field label="Reads only" hint="May start early and be retried." inline>
          <Switch checked />
        </Field>
      </Specimen>
      <Specimen name="choice" width={280}>
        <Field label="Method">
          <Select options={[{ value: 'GET' }, { value: 'POST' }]} value="GET" onValue={nothing} />
        </Field>
      </Specimen>
      <Specimen name="number: given, and left out" width={280}>
        <div className="flex flex-col gap-2">
          <Field label="Time limit">
            <NumberInput value={5000} usual="30000" unit="ms" onValue={nothing} />
          </Field>
          <Field label="Retries">
            <NumberInput value={undefined} usual="2" onValue={nothing} />
          </Field>
        </div>
      </Specimen>
      <Specimen name="names with values" width={280}>
        <PairsInput
          pairs={{ Accept: 'application/json' }}
          what="header"
          namePlaceholder="Name"
          valuePlaceholder="Value"
          onPairs={nothing}
        />
      </Specimen>
      <Specimen name="several of a list" width={280}>
        <Combobox
          label="Runs after"
          placeholder="Find a tool"
          options={['geocode', 'search']}
          chosen={new Set(['geocode'])}
          onToggle={nothing}
          emptyText="There is no other tool."
        />
      </Specimen>
      <Specimen name="notices" width={420}>
        <div className="flex flex-col gap-2">
          <Notice tone="failed">The key was refused. Put another one in.</Notice>
          <Notice tone="waiting">This command was not approved yet.</Notice>
          <Notice tone="succeeded">The server answered with 4 tools.</Notice>
        </div>
      </Specimen>
    </Section>
  )
}
