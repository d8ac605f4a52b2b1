from django.db import models


class Entry(models.Model):
    title = models.CharField(max_length=600)
    summary = models.TextField()
    published_on = models.DateField(db_index=True)

    class Meta:
        app_label = "floor"

    def __str__(self):
        return self.title
