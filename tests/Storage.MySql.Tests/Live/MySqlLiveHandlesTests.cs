namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlLiveHandlesTests(MariaDbFixture server)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly byte[] One = [.. Enumerable.Range(0, 16).Select(number => (byte)number)];
    private static readonly byte[] Two = [.. Enumerable.Range(240, 16).Select(number => (byte)number)];

    [MariaDbFact]
    public async Task Handle_IsFoundUntilItIsOfNoUse()
    {
        await using var database = await server.OpenAsync();
        var handles = new MySqlLiveHandles(database);
        await handles.KeepAsync([], Day, CancellationToken.None);
        await handles.KeepAsync([new(One, "00112233445566aa"), new(Two, "00112233445566bb")], Day, CancellationToken.None);
        await handles.KeepAsync([new(One, "00112233445566cc")], Day, CancellationToken.None);
        await handles.KeepAsync([new(Two, "00112233445566bb")], TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("00112233445566cc", await handles.FindAsync(One, CancellationToken.None));
        Assert.Null(await handles.FindAsync(Two, CancellationToken.None));
        Assert.Equal(1, await handles.DeleteOldAsync(100, CancellationToken.None));
        Assert.Equal(1, await database.ReadAsync<int>("SELECT COUNT(*) FROM live_handles"));
    }
}
