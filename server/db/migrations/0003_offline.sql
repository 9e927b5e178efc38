-- Right without a network: signed documents, deny lists with decoys and deltas, sealed events.

insert into changes (name) values ('server_keys'), ('key_sets'), ('rules'), ('salts');

-- The server's own keys, public halves: they sign lists and configuration, or open events.
create table server_keys (
  kid text primary key,
  use text not null check (use in ('list', 'config', 'seal')),
  public_key bytea not null unique check (octet_length(public_key) = 32),
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create trigger changed after insert or update or delete on server_keys
  for each statement execute function note_change('server_keys');

-- Key sets as a root has signed them; the newest is served. Versions only grow.
create table key_sets (
  version int primary key check (version > 0),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  jws text not null
);
create trigger changed after insert on key_sets
  for each statement execute function note_change('key_sets');

-- Published ahead: until then nobody issues or takes its passes.
alter table pass_keys add column not_before timestamptz;

-- The version of a device's configuration is the largest of its parts'. All parts draw from one line of `changes`, whose
-- row lock puts them in the order of commits: a kiosk never sees other content under the same or a smaller version.
create function number_configuration() returns trigger language plpgsql as $$
begin
  update changes set version = version + 1 where name = 'venues' returning version into new.version;
  perform pg_notify('changes', 'venues');
  return new;
end $$;
alter table venues add column version bigint not null default 0;
alter table access_points add column version bigint not null default 0;
alter table devices add column version bigint not null default 0;
create trigger numbered before insert or update on venues
  for each row execute function number_configuration();
create trigger numbered before insert or update on access_points
  for each row execute function number_configuration();
create trigger numbered before update of access_point_id on devices
  for each row execute function number_configuration();

-- Limits of trust, where they are not the defaults of the contract; at most one row.
create table decision_rules (
  one_row boolean primary key default true check (one_row),
  rules jsonb not null,
  version bigint not null default 0
);
create trigger numbered before insert or update on decision_rules
  for each row execute function number_configuration();
create trigger changed after insert or update or delete on decision_rules
  for each statement execute function note_change('rules');

-- A salt is told to kiosks; the decoys' seed to nobody, or decoys could be told from entries. Canaries: a handle that the
-- lists of the epoch hold, and one that they do not.
alter table deny_list_salts
  add column decoys bytea not null default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    check (octet_length(decoys) = 32),
  add column canary_hit bytea not null default substring(sha256(uuid_send(gen_random_uuid())) for 10)
    check (octet_length(canary_hit) = 10),
  add column canary_miss bytea not null default substring(sha256(uuid_send(gen_random_uuid())) for 10)
    check (octet_length(canary_miss) = 10),
  add column version bigint not null default 0;
create trigger numbered before insert on deny_list_salts
  for each row execute function number_configuration();
create trigger changed after insert on deny_list_salts
  for each statement execute function note_change('salts');

-- Each version as the step from the one before; the newest of an epoch also whole. Older ones are had by stepping back.
drop table deny_lists;
create table deny_lists (
  epoch int not null references deny_list_salts,
  version int not null check (version > 0),
  issued_at timestamptz not null,
  count int not null,
  sha256 text not null,
  added bytea not null,
  removed bytea not null,
  entries bytea,
  primary key (epoch, version)
);
-- random bytes: compressing them is work for nothing
alter table deny_lists alter column added set storage external, alter column removed set storage external,
  alter column entries set storage external;
create trigger changed after insert on deny_lists
  for each statement execute function note_change('deny_lists');
-- Lists made before decoys were: their versions must not come again.
insert into deny_list_salts (epoch, salt)
  select max(epoch) + 1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  from deny_list_salts having max(epoch) is not null;

-- What the kiosk's clock was thought to be worth when something happened, milliseconds: the server's time minus the
-- device's, and how far off that may be. Null: told at once, or never synchronised. More flags: 16 clock uncertain.
alter table visits add column clock_offset bigint, add column clock_uncertainty bigint;

-- Events that were refused, as they came. Nothing that a kiosk has told is thrown away unread.
create table event_quarantine (
  id bigint generated always as identity primary key,
  device_id int not null,
  queue uuid not null,
  seq bigint,
  raw text not null,
  sha256 bytea not null,
  why text not null,
  at timestamptz not null default now(),
  unique (device_id, queue, sha256)
);

-- How far each queue of a device has come, and where its chain did not hold; noted, never a reason to refuse.
create table device_queues (
  device_id int not null,
  queue uuid not null,
  last_seq bigint not null,
  last_chain text not null,
  updated_at timestamptz not null default now(),
  primary key (device_id, queue)
);
create table queue_breaks (
  id bigint generated always as identity primary key,
  device_id int not null,
  queue uuid not null,
  kind text not null check (kind in ('gap', 'chain')),
  from_seq bigint not null,
  to_seq bigint not null,
  at timestamptz not null default now()
);
create index on queue_breaks (device_id, queue);
