-- Devices make a key of their own and are let in by a code for one use: nobody else ever holds what they sign with.

-- Access tokens are signed by a key of the server's own; it is in no key set, since kiosks need not check them.
alter table server_keys
  drop constraint server_keys_use_check,
  add constraint server_keys_use_check check (use in ('list', 'config', 'seal', 'token'));
-- Who signed a set: told to kiosks that were packed without a root, with its fingerprint for people to compare.
alter table key_sets add column root_key bytea check (octet_length(root_key) = 32);

-- The tokens of the first version are worth nothing any more: those devices are enrolled anew.
update devices set revoked_at = coalesce(revoked_at, now());
alter table devices
  drop column token_sha256,
  add column public_key bytea check (octet_length(public_key) = 32),
  -- RFC 7638 thumbprint of the key
  add column kid text unique,
  add column platform text not null default '' check (char_length(platform) <= 60),
  add column approved_at timestamptz,
  add column revoked_reason text check (char_length(revoked_reason) between 1 and 200),
  add column key_made_at timestamptz not null default now(),
  add column rotation_asked_at timestamptz,
  add column state text not null generated always as (
    case when revoked_at is not null then 'revoked' when approved_at is null then 'pending' else 'active' end) stored,
  add check ((public_key is null) = (kid is null)),
  add check (public_key is not null or revoked_at is not null);

-- A code lets in one device. It is kept as a slow hash (scrypt): 55 bits are few for somebody who has the table.
create table enrolment_codes (
  id int generated always as identity primary key,
  access_point_id int not null references access_points,
  name text not null check (char_length(name) between 1 and 100),
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  -- null: made by the system itself (demonstration, command line)
  made_by int,
  -- whether its device may begin at once
  approved boolean not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  device_id int references devices,
  cancelled_at timestamptz
);
create index on enrolment_codes (access_point_id);
create index on enrolment_codes (expires_at);

-- Assertions that were taken, until they expire: none is taken twice, by whichever server process.
create table used_assertions (
  kid text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (kid, jti)
);
create index on used_assertions (expires_at);

-- How each device is, by its last heartbeat. Apart from `devices`, since every change there is a change to all servers.
create table device_states (
  device_id int primary key references devices,
  venue_id int not null,
  state text not null,
  seen_at timestamptz,
  report jsonb,
  version text,
  waiting int not null default 0,
  oldest_unsent timestamptz,
  alarms text[] not null default '{}',
  -- 0 all well, 1 to be seen to, 2 trouble
  level smallint not null default 0,
  -- what a person should look at first: 3 waits for approval, -1 struck off
  attention smallint not null generated always as (
    case state when 'pending' then 3 when 'revoked' then -1 else level end) stored
);
create index device_states_attention on device_states (attention desc, device_id);
create index device_states_of_venue on device_states (venue_id, attention desc, device_id);
create index device_states_alarms on device_states using gin (alarms);
create index device_states_silent on device_states (seen_at) where state = 'active';

create function keep_device_state() returns trigger language plpgsql as $$
begin
  insert into device_states (device_id, venue_id, state)
    select new.id, venue_id, new.state from access_points where id = new.access_point_id
  on conflict (device_id) do update set venue_id = excluded.venue_id, state = excluded.state;
  return null;
end $$;
create trigger kept_state after insert or update on devices for each row execute function keep_device_state();
insert into device_states (device_id, venue_id, state)
  select devices.id, venue_id, state from devices join access_points on access_points.id = access_point_id;

-- A report each ten minutes, and whenever its alarms changed; the older ones are dropped.
create table device_reports (
  device_id int not null references devices,
  at timestamptz not null,
  alarms text[] not null,
  report jsonb not null,
  primary key (device_id, at)
);
create index on device_reports (at);
