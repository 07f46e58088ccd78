from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('store', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='DigestRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('collaboration', fields.ForeignKeyField('store.CollaborationRow', source_field='collaboration_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('instrument', fields.CharField(max_length=64)),
                ('period', fields.CharField(max_length=16)),
                ('state', fields.CharField(max_length=16)),
                ('facts', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('built_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('goes_out_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'digests', 'app': 'store', 'unique_together': (('collaboration', 'instrument', 'period'),), 'pk_attr': 'id', 'table_description': 'One digest of one collaboration: what it carries is settled once and the same for everybody.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MilestoneMoveRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('milestone', fields.ForeignKeyField('store.MilestoneRow', source_field='milestone_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('entry', fields.ForeignKeyField('store.EntryRow', source_field='entry_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharField(max_length=16)),
                ('state_before', fields.CharField(max_length=16)),
                ('due', fields.DateField()),
                ('due_before', fields.DateField()),
                ('moved_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('shown', fields.BooleanField(default=False)),
            ],
            options={'table': 'milestone_moves', 'app': 'store', 'pk_attr': 'id', 'table_description': 'What a reply did to a milestone.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RecognitionRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('entry', fields.ForeignKeyField('store.EntryRow', source_field='entry_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('collaboration', fields.ForeignKeyField('store.CollaborationRow', source_field='collaboration_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('author', fields.ForeignKeyField('store.PersonRow', source_field='author_id', db_constraint=True, to_field='id', related_name='thanks_given', on_delete=OnDelete.RESTRICT)),
                ('person', fields.ForeignKeyField('store.PersonRow', source_field='person_id', db_constraint=True, to_field='id', related_name='thanks_received', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharField(default='offered', max_length=16)),
                ('told', fields.TextField(unique=False)),
                ('sentence', fields.TextField(unique=False)),
                ('sha256', fields.CharField(default='', max_length=64)),
                ('offered_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('approved_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'recognitions', 'app': 'store', 'unique_together': (('entry', 'person'),), 'pk_attr': 'id', 'table_description': 'Thanks on their way to a manager. ``told`` and ``sentence`` are what the person was shown, then'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SharedOctetsRow',
            fields=[
                ('sha256', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('octets', fields.BinaryField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'shared_octets', 'app': 'store', 'pk_attr': 'sha256', 'table_description': "Octets that many mails share, such as the team's part of a digest with its pictures."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TellingRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('recognition', fields.ForeignKeyField('store.RecognitionRow', source_field='recognition_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('manager', fields.ForeignKeyField('store.PersonRow', source_field='manager_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('period', fields.CharField(max_length=16)),
                ('sha256', fields.CharField(max_length=64)),
                ('told_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'tellings', 'app': 'store', 'unique_together': (('recognition', 'manager'),), 'pk_attr': 'id', 'table_description': "An approved recognition in one manager's summary. ``sha256`` is of the text that was sent."},
            bases=['Model'],
        ),
        ops.AddIndex(
            model_name='AddressRow',
            index=Index(fields=['person_id']),
        ),
        ops.AddField(
            model_name='CadenceRow',
            name='every',
            field=fields.IntField(default=1, db_default=1),
        ),
        ops.AddField(
            model_name='CadenceRow',
            name='nth',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='EntryRow',
            name='shown_revision',
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name='OutboxRow',
            name='cuts',
            field=fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads),
        ),
        ops.AddIndex(
            model_name='OutboxRow',
            index=Index(fields=['prompt_id']),
        ),
        ops.AddField(
            model_name='PromptRow',
            name='about',
            field=fields.CharField(default='', db_default='', max_length=64),
        ),
        ops.AddField(
            model_name='PromptRow',
            name='closes_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name='PromptRow',
            index=Index(fields=['collaboration_id', 'instrument', 'person_id']),
        ),
    ]
