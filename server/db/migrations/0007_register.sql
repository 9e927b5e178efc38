-- The register: who joined, with which venues, under which codes.

-- Words are found in the middle of names and addresses; a contrib module of every PostgreSQL, trusted since 13.
create extension if not exists pg_trgm;

-- What is looked for, and looked in. Letters become Latin ones: under the locale "C" PostgreSQL neither folds the case of
-- Cyrillic nor finds words in it. ь and ъ go. More may be found than is meant, never less.
create function search_text(raw text) returns text language sql immutable parallel safe as $$
  select lower(translate(raw,
    'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯабвгдеёжзийклмнопрстуфхцчшщыэюяЬЪьъ',
    'abvgdeejziiklmnoprstufhccssyeuaabvgdeejziiklmnoprstufhccssyeua'))
$$;

-- An organisation, with the fields of Appendix 1. Found again by its ИНН. Lists that existed before the register may lack
-- all but its name, ИНН, address and e-mail.
create table participants (
  id int generated always as identity primary key,
  inn text not null unique check (inn ~ '^(\d{10}|\d{12})$'),
  ogrn text check (ogrn ~ '^(\d{13}|\d{15})$'),
  organisation text not null check (char_length(organisation) between 1 and 300),
  address text not null,
  head_position text,
  head_name text,
  contact_position text,
  contact_name text,
  contact_phone text,
  email text not null,
  created_at timestamptz not null default now(),
  -- names and ИНН of it and of its venues are looked for together
  search text not null generated always as (search_text(organisation || ' ' || inn || ' ' || address)) stored
);
create index participants_search on participants using gin (search gin_trgm_ops);
create index participants_by_name on participants (organisation, id);

-- Venues made before the register have no Participant; their kind is the one of which nothing follows.
alter table venues
  add column participant_id int references participants,
  add column kind text not null default 'office',
  add column address text not null default '' check (char_length(address) <= 400),
  add column municipality text not null default '',
  add column state text not null default 'active' check (state in ('active', 'suspended', 'closed')),
  -- what the Operator gave as the reason; staff read it, visitors do not
  add column state_reason text,
  add column state_at timestamptz not null default now(),
  add column policy jsonb not null default '{}',
  -- seven days from Monday, in minutes of the local day; null: not told
  add column opening_hours jsonb,
  add column timezone text not null default 'Europe/Moscow',
  -- the code on the poster; `code` is what passes are bound to and never changes
  add column poster text,
  add column search text not null default '';

-- Every code that ever was on a poster. A code is never used again.
create table venue_codes (
  code text primary key check (code ~ '^[0-9A-HJKMNP-TV-Z]{7}$'),
  venue_id int not null references venues,
  issued_at timestamptz not null default now(),
  retired_at timestamptz,
  check (retired_at >= issued_at)
);
create unique index venue_codes_current on venue_codes (venue_id) where retired_at is null;
create index on venue_codes (venue_id, issued_at);

-- A poster for what was there before, of 35 random bits.
create function random_venue_code() returns text language sql volatile as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + get_byte(bytes, at) % 32, 1), '')
  from (select uuid_send(gen_random_uuid()) as bytes) random, generate_series(9, 15) at
$$;
update venues set poster = random_venue_code();
insert into venue_codes (code, venue_id) select poster, id from venues;
drop function random_venue_code();
create unique index venues_poster on venues (poster);

create function venue_search() returns trigger language plpgsql as $$
begin
  new.search := search_text(concat_ws(' ', new.name, new.address, new.poster,
    (select organisation || ' ' || inn from participants where id = new.participant_id)));
  return new;
end $$;
create trigger searched before insert or update on venues for each row execute function venue_search();
update venues set search = '';

create index venues_search on venues using gin (search gin_trgm_ops);
create index on venues (participant_id);
-- one for each order that the Operator's table has; the id makes an order whole
create index venues_by_name on venues (name, id);
create index venues_by_address on venues (address, id);
create index venues_by_kind on venues (kind, id);
create index venues_by_state on venues (state, id);
create index venues_by_municipality on venues (municipality, id);
create index venues_by_created on venues (created_at, id);
create index venues_by_version on venues (version);

-- An access point that is not used any more stays for the visits that name it; its name is free again.
alter table access_points add column retired_at timestamptz;
alter table access_points drop constraint access_points_venue_id_name_key;
create unique index access_points_name on access_points (venue_id, name) where retired_at is null;
create index access_points_by_version on access_points (version);

-- A list being taken in: what the file said, row by row, and what became of each row.
create table venue_imports (
  id int generated always as identity primary key,
  file_name text not null,
  account_id int not null,
  state text not null default 'preview' check (state in ('preview', 'running', 'done')),
  -- which column of the file is which field, by the field's name
  columns jsonb not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  finished_at timestamptz,
  mail boolean not null default false
);
create table venue_import_rows (
  import_id int not null references venue_imports on delete cascade,
  line int not null check (line > 0),
  cells jsonb not null,
  -- checked, as it would be registered; null where the row is wrong
  entry jsonb,
  faults jsonb not null default '[]',
  outcome text not null check (outcome in ('wrong', 'waiting', 'registered', 'there-before', 'failed')),
  venue_id int references venues,
  primary key (import_id, line)
);
create index on venue_import_rows (import_id, outcome, line);
