using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Two activations of one grain that write at the same time.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class GrainStorageTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly GrainId Id = GrainId.Create("note", "k");
    private MySqlDatabase database = null!;
    private IHost host = null!;
    private IGrainStorage storage = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            host = OrleansHost.Build(database.Address);
            await host.StartAsync();
            storage = host.Services.GetRequiredKeyedService<IGrainStorage>(OrleansHost.Storage);
        }
    }

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            await database.DisposeAsync();
        }
    }

    [MariaDbFact]
    public async Task TwoFirstWrites_OneWins()
    {
        var writes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => TryAsync(() => WriteAsync(new GrainState<NoteState>(), $"{number}"))));

        Assert.Single(writes, isWritten => isWritten);
        Assert.Equal(1, await database.ReadAsync<int>("SELECT COUNT(*) FROM OrleansStorage"));
    }

    [MariaDbFact]
    public async Task WriteWithAnOldVersion_IsAConflict()
    {
        var (one, two) = (await ReadAsync(), await ReadAsync());
        await WriteAsync(one, "first");
        Assert.False(await TryAsync(() => WriteAsync(two, "second")));

        two = await ReadAsync();
        await WriteAsync(one, "third");

        Assert.False(await TryAsync(() => WriteAsync(two, "fourth")));
        Assert.False(await TryAsync(() => storage.ClearStateAsync("note", Id, two)));
        Assert.Equal("third", (await ReadAsync()).State.Text);
        Assert.Equal("2", (await ReadAsync()).ETag);
    }

    [MariaDbFact]
    public async Task ClearedState_KeepsItsVersion()
    {
        var state = new GrainState<NoteState>();
        await WriteAsync(state, "first");
        await storage.ClearStateAsync("note", Id, state);
        Assert.Equal("2", state.ETag);

        await WriteAsync(state, "second");

        Assert.Equal(("3", "second"), ((await ReadAsync()).ETag, (await ReadAsync()).State.Text));
    }

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<GrainState<NoteState>> ReadAsync()
    {
        var state = new GrainState<NoteState>();
        await storage.ReadStateAsync("note", Id, state);
        return state;
    }

    private Task WriteAsync(GrainState<NoteState> state, string text)
    {
        state.State = new NoteState { Text = text };
        return storage.WriteStateAsync("note", Id, state);
    }
}
