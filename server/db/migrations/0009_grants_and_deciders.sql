-- A grant is of a Participant that is there: one that named a number of the future let a stranger in to whoever came to
-- have it. Those that name nobody give nothing, and go before they give something.
delete from grants where not exists (select from participants where id = participant_id) and participant_id is not null;
alter table grants
  add constraint grants_of_participant foreign key (participant_id) references participants;

-- The demonstration's applications were decided by account 0, who is nobody: they could not be opened.
update applications
  set detail = jsonb_set(detail, '{by,account}', to_jsonb(coalesce((select min(id) from accounts where demo), 1)))
  where detail #>> '{by,account}' = '0';
