from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('store', '0003_learned_endings')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ConfirmationRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('store.PersonRow', source_field='person_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('addr_spec', fields.CharField(max_length=320)),
                ('theirs', fields.BooleanField()),
                ('said_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'confirmations', 'app': 'store', 'unique_together': (('person', 'addr_spec'),), 'pk_attr': 'id', 'table_description': 'What a person said of an address when nothing else vouched for a mail from it.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='HoldRow',
            options={'table': 'holds', 'app': 'store', 'indexes': [Index(fields=['question_id']), Index(fields=['person_id'])], 'pk_attr': 'id', 'table_description': 'A reply that waits for a word about it and never counts until then (mail-rules 2.2).'},
        ),
        ops.AddField(
            model_name='HoldRow',
            name='addr_spec',
            field=fields.CharField(default='', db_default='', max_length=320),
        ),
        ops.AddField(
            model_name='HoldRow',
            name='authentication',
            field=fields.CharField(default='', db_default='', max_length=8),
        ),
        ops.AddField(
            model_name='HoldRow',
            name='ended',
            field=fields.CharField(default='', db_default='', max_length=16),
        ),
        ops.AddField(
            model_name='HoldRow',
            name='question',
            field=fields.ForeignKeyField('store.PromptRow', source_field='question_id', null=True, db_constraint=True, to_field='handle', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='HoldRow',
            name='remedy',
            field=fields.CharField(default='operator', db_default='operator', max_length=16),
        ),
        ops.AddField(
            model_name='HoldRow',
            name='told_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name='HoldRow',
            index=Index(fields=['question_id']),
        ),
        ops.AddIndex(
            model_name='HoldRow',
            index=Index(fields=['person_id']),
        ),
    ]
