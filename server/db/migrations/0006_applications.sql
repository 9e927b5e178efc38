-- Applications of venues. One row from the first key typed to the end; drafts are rows that no office sees.
create table applications (
  id int generated always as identity primary key,
  reference text not null unique check (reference ~ '^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$'),
  state text not null check (state in
    ('draft', 'unconfirmed', 'submitted', 'correction', 'approved', 'registered', 'rejected', 'withdrawn')),
  -- ApplicationState of the contract: the same kind with its own fields
  detail jsonb not null check (detail ->> 'kind' = state),
  -- of the decision: it names the version it was made on
  version int not null default 1,
  -- as typed, and as last submitted
  draft jsonb not null,
  form jsonb,
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  confirmed_email text,
  -- when the office first had it, and by when somebody must act
  submitted_at timestamptz,
  due_at timestamptz,
  -- of the form, to sort and look for
  branch text check (branch in ('culture', 'sport', 'trade')),
  kinds text[] not null default '{}',
  organisation text,
  inn text,
  ogrn text,
  words tsvector,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  check (state in ('draft', 'unconfirmed') or submitted_at is not null or state = 'withdrawn'),
  check (form is not null or state = 'draft')
);
-- What an office asks for has been submitted; each order of its table has an index, with and without a branch.
create index applications_due on applications (due_at, id) where submitted_at is not null;
create index applications_submitted on applications (submitted_at, id) where submitted_at is not null;
create index applications_organisation on applications (organisation, id) where submitted_at is not null;
create index applications_branch_due on applications (branch, due_at, id) where submitted_at is not null;
create index applications_branch_submitted on applications (branch, submitted_at, id) where submitted_at is not null;
create index applications_branch_organisation on applications (branch, organisation, id) where submitted_at is not null;
create index applications_state_due on applications (state, branch, due_at, id) where submitted_at is not null;
create index applications_state_submitted on applications (state, branch, submitted_at, id) where submitted_at is not null;
create index applications_kinds on applications using gin (kinds) where submitted_at is not null;
create index applications_words on applications using gin (words) where submitted_at is not null;
create index applications_inn on applications (inn) where submitted_at is not null;
create index applications_ogrn on applications (ogrn) where submitted_at is not null;
-- Drafts that nobody came back to are deleted by their age.
create index applications_left on applications (changed_at) where state in ('draft', 'unconfirmed');

-- Whoever has the secret has the application: the browser made it, or a mail brought it. Only hashes are kept.
create table application_secrets (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  application_id int not null references applications on delete cascade,
  -- lower case; null: made by the browser, so it proves nothing about an address
  mailed_to text,
  created_at timestamptz not null default clock_timestamp()
);
create index on application_secrets (application_id);

create table application_history (
  id bigint generated always as identity primary key,
  application_id int not null references applications on delete cascade,
  at timestamptz not null,
  actor text not null check (actor in ('applicant', 'coordinator', 'operator', 'system')),
  name text,
  event text not null,
  words text,
  fields text[]
);
create index on application_history (application_id, id);

-- The bytes lie in the data folder under the id, which is random; the name is only ever shown.
create table application_files (
  id uuid primary key,
  application_id int not null references applications on delete cascade,
  name text not null check (char_length(name) between 1 and 200),
  type text not null check (type in ('application/pdf', 'image/jpeg', 'image/png')),
  size int not null check (size > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  uploaded_at timestamptz not null,
  unique (application_id, sha256)
);
