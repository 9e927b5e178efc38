import { sql as raw } from 'kysely'
import type { Heartbeat } from '../../contract/kiosk/devices.ts'
import type { Alarm } from '../../contract/office/fleet.ts'
import type { Sql } from '../db/pool.ts'
import { LIMITS } from './alarms.ts'

/** A report that says nothing new is kept so often. */
const REPORT_EVERY = '10 minutes'
const REPORTS_KEPT = '3 days'

export interface Judged {
  readonly device: number
  readonly told: Heartbeat
  readonly alarms: readonly Alarm[]
  readonly level: number
  readonly at: Date
}

/** One statement: how the device is now, and a report where something changed or ten minutes have passed. */
export async function keepHeartbeat(db: Sql, { device, told, alarms, level, at }: Judged): Promise<void> {
  const report = JSON.stringify(told)
  const { version, queue } = told
  await raw`
    with before as (select alarms from device_states where device_id = ${device}),
    reported as (
      insert into device_reports (device_id, at, alarms, report)
      select ${device}, ${at}, ${[...alarms]}::text[], ${report}::jsonb
      where not exists (select from before where alarms = ${[...alarms]}::text[])
        or not exists (
          select from device_reports where device_id = ${device} and at > ${at}::timestamptz - ${REPORT_EVERY}::interval)
      on conflict do nothing
    )
    update device_states
    set seen_at = ${at}, report = ${report}::jsonb, version = ${version}, waiting = ${queue.waiting},
      oldest_unsent = ${queue.oldest ?? null}, alarms = ${[...alarms]}::text[], level = ${level}
    where device_id = ${device}`.execute(db)
}

/** Devices that have fallen silent. @returns how many are newly so */
export async function markSilent(db: Sql, now: Date): Promise<number> {
  const before = new Date(now.getTime() - LIMITS.offline)
  const { numUpdatedRows } = await db
    .updateTable('device_states')
    .set({ level: 2, alarms: raw<string[]>`array_prepend('offline', alarms)` })
    .where('state', '=', 'active')
    .where(raw<boolean>`not alarms @> '{offline}'`)
    .where((where) =>
      where.or([
        where('seen_at', '<', before),
        where.and([
          where('seen_at', 'is', null),
          where.exists(
            where
              .selectFrom('devices')
              .select('id')
              .whereRef('id', '=', 'device_states.device_id')
              .where('approved_at', '<', before),
          ),
        ]),
      ]),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function dropOldReports(db: Sql, now: Date): Promise<void> {
  await raw`delete from device_reports where at < ${now}::timestamptz - ${REPORTS_KEPT}::interval`.execute(db)
}
