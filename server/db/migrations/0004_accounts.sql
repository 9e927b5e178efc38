-- People with accounts, their sessions, and the log of what they did.

create table accounts (
  id int generated always as identity primary key,
  -- as typed, in lower case
  email text not null unique check (email = lower(email)),
  name text not null,
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  -- PHC string of argon2id; null: invited and not come yet, or signs in elsewhere
  password text,
  -- sealed with a key outside the database; `totp_step` is the last one used, so that a code is good once
  totp_secret bytea,
  totp_pending bytea,
  totp_step bigint not null default 0,
  oidc_issuer text,
  oidc_subject text,
  -- of the demonstration: needs no second factor, and exists only while DOPUSK_DEMO is 1
  demo boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz,
  unique (oidc_issuer, oidc_subject),
  check ((oidc_issuer is null) = (oidc_subject is null))
);

-- What an account may act as.
create table grants (
  account_id int not null references accounts on delete cascade,
  role text not null check (role in ('operator', 'coordinator', 'health', 'auditor', 'owner', 'staff')),
  branch text check (branch in ('culture', 'sport', 'trade')),
  participant_id int,
  created_at timestamptz not null default clock_timestamp(),
  check ((role = 'coordinator') = (branch is not null)),
  check ((role in ('owner', 'staff')) = (participant_id is not null)),
  unique nulls not distinct (account_id, role, branch, participant_id)
);
create index on grants (participant_id) where participant_id is not null;

create table sessions (
  id int generated always as identity primary key,
  account_id int not null references accounts on delete cascade,
  -- of the cookie; the cookie itself is kept nowhere
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  -- browser and system in words, as the account's owner would name them
  device text not null default '',
  network text not null default '',
  -- who vouched for the person: this server's password, or the OpenID provider
  vouched text not null default 'password' check (vouched in ('password', 'provider'))
);
create index on sessions (account_id) where ended_at is null;

-- Links that are good once: invitations, new passwords, the first Operator.
create table links (
  id int generated always as identity primary key,
  kind text not null check (kind in ('invitation', 'reset', 'first-operator')),
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  account_id int references accounts on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((account_id is null) = (kind = 'first-operator'))
);
create index on links (account_id);

create table recovery_codes (
  account_id int not null references accounts on delete cascade,
  -- HMAC with a key outside the database: a code alone is only 50 bits
  code_hmac bytea not null check (octet_length(code_hmac) = 32),
  used_at timestamptz,
  primary key (account_id, code_hmac)
);

-- Browsers and networks an account has signed in from: what strangers do does not shut these out.
create table known_devices (
  account_id int not null references accounts on delete cascade,
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  seen_at timestamptz not null
);
create index on known_devices (account_id);
create table known_networks (
  account_id int not null references accounts on delete cascade,
  network text not null,
  seen_at timestamptz not null,
  primary key (account_id, network)
);

-- rate-limiter-flexible's own layout; keys are digests.
create table attempts (key varchar(255) primary key, points int not null default 0, expire bigint);
create index on attempts (expire);

-- Who did what to which object and why. Each row's hash covers the row before: see server/audit/chain.ts.
create table audit_log (
  seq bigint primary key,
  at timestamptz not null,
  account_id int,
  role text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  purpose text,
  detail text,
  hash bytea not null check (octet_length(hash) = 32)
);
create index on audit_log (action, seq);
create index on audit_log (object_kind, object_id, seq);
create index on audit_log (account_id, seq);

-- The end of the chain: its one row is locked by whoever writes, so that rows follow each other in the order of commits.
create table audit_head (
  one_row boolean primary key default true check (one_row),
  seq bigint not null,
  hash bytea not null
);
insert into audit_head (seq, hash) values (0, '\x0000000000000000000000000000000000000000000000000000000000000000');

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only written to';
end $$;
create trigger only_written before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
