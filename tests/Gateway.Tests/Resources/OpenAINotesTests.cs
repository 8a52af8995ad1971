using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class OpenAINotesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();
    private readonly SqliteDatabase database;
    private readonly SqliteReader reader;
    private readonly OpenAINotes notes;

    public OpenAINotesTests()
    {
        database = new SqliteDatabase(new DataFolder(folder.Path), "gateway.db", SchemaMigrations.Steps);
        reader = new SqliteReader(database);
        notes = new OpenAINotes(new ResourceLedger(new SqliteResourceStore(database, reader), time, NullLogger<ResourceLedger>.Instance));
    }

    public void Dispose()
    {
        reader.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoteOfABatch_LivesAsLongAsTheBatchIsAskedAbout(bool isAskedAbout)
    {
        Assert.True(ResourceName.TryParse("batches/b", out var name));
        var batch = OpenAINotes.Made(name, new KeyId("0123456789abcdef"), "client", time.GetUtcNow(), end: null);
        var note = new OpenAINote { Model = "m" };
        await notes.SaveAsync(batch, note, CancellationToken.None);

        for (var times = 0; times < 2; times++)
        {
            time.Advance(TimeSpan.FromDays(20));
            if (isAskedAbout)
            {
                await notes.RenewAsync(batch, note, time.GetUtcNow(), CancellationToken.None);
            }
        }

        Assert.Equal(isAskedAbout ? "m" : null, (await notes.FindAsync(batch, CancellationToken.None))?.Model);
    }
}
