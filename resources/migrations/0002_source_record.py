import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60, verbose_name='source')),
                ('ref', models.CharField(max_length=120, verbose_name='reference in the source')),
                ('digest', models.CharField(help_text='Of the row as it was loaded: equal means nothing to do.', max_length=32, verbose_name='digest')),
                ('is_merged', models.BooleanField(default=False, verbose_name='merged into a resource that was there already')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_records', to='resources.resource')),
            ],
            options={
                'verbose_name': 'source record',
                'verbose_name_plural': 'source records',
                'constraints': [models.UniqueConstraint(fields=('source', 'ref'), name='source_record_once')],
            },
        ),
    ]
