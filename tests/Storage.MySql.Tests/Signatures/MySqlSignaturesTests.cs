using System.Text;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlSignaturesTests(MariaDbFixture server)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [MariaDbFact]
    public async Task Signature_IsFoundById_AndByCallWhileThereIsOneOnly()
    {
        await using var database = await server.OpenAsync();
        var signatures = new MySqlSignatures(database);
        await signatures.KeepAsync([], CancellationToken.None);
        await signatures.KeepAsync([Row(1, 9, "a"), Row(2, 9, "a"), Row(3, 8, "b"), Row(4, 8, "c"), Row(5, 7, "d"), Row(5, 7, "e")], CancellationToken.None);

        var found = await signatures.FindAsync([Hash(3), Hash(5), Hash(6)], [Hash(9), Hash(8), Hash(7), Hash(6)], CancellationToken.None);

        Assert.Equal(
            ["3 b", "5 e", "call 7 e", "call 8 ", "call 9 a"],
            found.Select(one => $"{(one.IsById ? "" : "call ")}{one.Hash[0]} {(one.Signature is null ? "" : Encoding.ASCII.GetString(one.Signature))}").Order(StringComparer.Ordinal));
        Assert.Equal("1", (await signatures.FindAsync([Hash(1)], [], CancellationToken.None)).Single().Hash[0].ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.False((await signatures.FindAsync([], [Hash(9)], CancellationToken.None)).Single().IsById);
        Assert.Empty(await signatures.FindAsync([], [], CancellationToken.None));
    }

    [MariaDbFact]
    public async Task DeleteOld_DeletesWhatIsTooOld_AndTheOldestBeyondTheNumber()
    {
        await using var database = await server.OpenAsync();
        var signatures = new MySqlSignatures(database);
        for (byte i = 1; i <= 5; i++)
        {
            await signatures.KeepAsync([Row(i, i, "s")], CancellationToken.None);
        }

        Assert.Equal(0, await signatures.DeleteOldAsync(Day, 5, 100, CancellationToken.None));
        await database.ExecuteAsync("UPDATE thought_signatures SET kept_at = kept_at - INTERVAL 25 HOUR WHERE signature = 's' AND HEX(id_hash) LIKE '01%'");
        Assert.Equal(1, await signatures.DeleteOldAsync(Day, 5, 100, CancellationToken.None));
        Assert.Equal(1, await signatures.DeleteOldAsync(Day, 2, 1, CancellationToken.None));
        Assert.Equal(1, await signatures.DeleteOldAsync(Day, 2, 100, CancellationToken.None));

        Assert.Equal([4, 5], (await signatures.FindAsync([Hash(1), Hash(2), Hash(3), Hash(4), Hash(5)], [], CancellationToken.None)).Select(one => (int)one.Hash[0]).Order());
    }

    private static SignatureRow Row(byte id, byte call, string signature) => new(Hash(id), Hash(call), Hash((byte)signature[0]), Encoding.ASCII.GetBytes(signature));

    private static byte[] Hash(byte first) => [first, .. new byte[15]];
}
