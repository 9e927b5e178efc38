-- What changed, so that every server process can hold venues, devices, keys and restrictions in memory: a change bumps
-- its line here in its own transaction (so versions appear in the order of commits) and sends a notification.
create table changes (
  name text primary key,
  version bigint not null default 0
);
insert into changes (name) values ('venues'), ('devices'), ('pass_keys'), ('restrictions'), ('deny_lists');

create function note_change() returns trigger language plpgsql as $$
begin
  update changes set version = version + 1 where name = tg_argv[0];
  perform pg_notify('changes', tg_argv[0]);
  return null;
end $$;

create table venues (
  id int generated always as identity primary key,
  code text not null unique check (code ~ '^[0-9A-Z-]{1,16}$'),
  name text not null check (char_length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
create trigger changed after insert or update or delete on venues
  for each statement execute function note_change('venues');

-- One place, one direction.
create table access_points (
  id int generated always as identity primary key,
  venue_id int not null references venues,
  name text not null check (char_length(name) between 1 and 100),
  direction text not null check (direction in ('entry', 'exit')),
  created_at timestamptz not null default now(),
  unique (venue_id, name)
);
create trigger changed after insert or update or delete on access_points
  for each statement execute function note_change('venues');

create table devices (
  id int generated always as identity primary key,
  access_point_id int not null references access_points,
  name text not null check (char_length(name) between 1 and 100),
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index on devices (access_point_id);
create trigger changed after insert or update or delete on devices
  for each statement execute function note_change('devices');

-- Public halves only. A key id is one byte of the pass and is never used again.
create table pass_keys (
  key_id int primary key check (key_id between 0 and 255),
  use text not null check (use in ('static', 'dynamic', 'phone')),
  lifetime int not null check (lifetime > 0),
  public_key bytea not null check (octet_length(public_key) = 32),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create trigger changed after insert or update or delete on pass_keys
  for each statement execute function note_change('pass_keys');

-- A refusal always ends: deny_until is required. The reason is for the operator's eyes and is shown nowhere.
create table restrictions (
  id bigint generated always as identity primary key,
  handle bytea not null check (octet_length(handle) = 10),
  kind text not null check (kind in ('restricted', 'replaced')),
  deny_from timestamptz not null,
  deny_until timestamptz not null check (deny_until > deny_from),
  reason text not null check (char_length(reason) between 1 and 500),
  created_at timestamptz not null default now(),
  lifted_at timestamptz,
  version bigint not null default 0
);
create index on restrictions (handle);
create index on restrictions (version);
-- A row's version is its place in the order of commits: "all after the last I saw" misses none.
create function number_restriction() returns trigger language plpgsql as $$
begin
  update changes set version = version + 1 where name = 'restrictions' returning version into new.version;
  perform pg_notify('changes', 'restrictions');
  return new;
end $$;
create trigger numbered before insert or update on restrictions
  for each row execute function number_restriction();

create table deny_list_salts (
  epoch int primary key check (epoch > 0),
  salt bytea not null check (octet_length(salt) = 32),
  created_at timestamptz not null default now()
);
-- Published lists, immutable; the newest few are kept for kiosks in the middle of fetching.
create table deny_lists (
  epoch int not null references deny_list_salts,
  version int not null check (version > 0),
  issued_at timestamptz not null,
  count int not null,
  sha256 text not null,
  entries bytea not null,
  primary key (epoch, version)
);
create trigger changed after insert on deny_lists
  for each statement execute function note_change('deny_lists');

-- One row an admission; it is a visit where entered_at is not null. Partitioned by the day in its UUIDv7, made ahead by
-- a job; ids of other days (odd clocks, long outages) lie in visits_default until their day is made.
-- No foreign keys: what happened at a door is recorded whatever became of the device, and a look-up a key would be
-- paid by every scan. The server has checked them in memory.
create table visits (
  venue_id int not null,
  id uuid not null,
  access_point_id int not null,
  device_id int not null,
  pass_handle bytea,                       -- null: unreadable, forged, unknown key
  person_ref text,                         -- pseudonym; filled when visitors exist
  presented_at timestamptz not null,       -- by the kiosk's clock, as told
  entered_at timestamptz,                  -- null: not let in, or an exit; bounded by the server's clock
  left_at timestamptz,
  outcome text not null check (outcome in ('granted', 'denied', 'check')),
  reason text,
  reference text,
  decided_by text not null check (decided_by in ('server', 'kiosk')),
  resolved text check (resolved in ('admitted', 'refused')),
  resolved_by text check (resolved_by in ('staff', 'auto')),
  resolved_at timestamptz,
  flags smallint not null default 0,       -- bits: 1 late, 2 clock odd, 4 server would have decided otherwise, 8 credential not verified
  recorded_at timestamptz not null default now(),
  primary key (venue_id, id)
) partition by range (id);
create table visits_default partition of visits default;

create index visits_presence on visits (venue_id, entered_at) include (person_ref, left_at) where entered_at is not null;
create index visits_person on visits (person_ref, entered_at) where person_ref is not null;
create index visits_reference on visits (reference) where reference is not null;
