from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('store', '0002_the_week')]

    initial = False

    operations = [
        ops.CreateModel(
            name='DomainEndingRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('domain', fields.CharField(max_length=255)),
                ('sha256', fields.CharField(max_length=64)),
                ('text', fields.TextField(unique=False)),
                ('people', fields.IntField()),
                ('forgotten', fields.BooleanField(default=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'domain_endings', 'app': 'store', 'unique_together': (('domain', 'sha256'),), 'pk_attr': 'id', 'table_description': 'How several people of one domain end their mails. ``people`` counts them.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EndingRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('store.PersonRow', source_field='person_id', db_constraint=True, to_field='id', on_delete=OnDelete.RESTRICT)),
                ('domain', fields.CharField(max_length=255)),
                ('sha256', fields.CharField(max_length=64)),
                ('text', fields.TextField(unique=False)),
                ('signed', fields.BooleanField()),
                ('mails', fields.IntField()),
                ('proofs', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('told', fields.BooleanField(default=False)),
                ('forgotten', fields.BooleanField(default=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'endings', 'app': 'store', 'unique_together': (('person', 'domain', 'sha256'),), 'indexes': [Index(fields=['domain', 'sha256'])], 'pk_attr': 'id', 'table_description': 'How one person ends their mails from one domain.'},
            bases=['Model'],
        ),
    ]
