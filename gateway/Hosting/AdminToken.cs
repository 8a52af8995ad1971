using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The admin token: <c>AUTH_TOKEN</c>, or one that is generated at the first start, shown once and kept as a hash.</summary>
internal sealed class AdminToken : IAdminToken
{
    private const string HashName = "admin-token-hash";
    private const string Prefix = "sk-admin-";
    private const int RandomBytes = 32;
    private readonly SqliteDatabase database;
    private readonly byte[]? generatedHash;
    private string? fresh;

    private AdminToken(SqliteDatabase database, byte[]? generatedHash, string? fresh)
    {
        this.database = database;
        this.generatedHash = generatedHash;
        this.fresh = fresh;
    }

    /// <summary>Reads the hash of the generated token; generates one when there is none and none is configured.</summary>
    public static AdminToken Open(SqliteDatabase database, Secret? configured)
    {
        var hash = database.Meta.Find(HashName);
        if (configured is not null || hash is not null)
        {
            return new AdminToken(database, hash, null);
        }

        // 256 random bits: a plain hash cannot be searched for them, so it needs no salt and no slow function.
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new AdminToken(database, Hash(token), token);
    }

    public static byte[] Hash(Secret token) => Hash(token.Reveal());

    /// <summary>Null when <c>AUTH_TOKEN</c> was taken away while running and none was ever generated.</summary>
    public byte[]? HashFor(Secret? configured) => configured is null ? generatedHash : Hash(configured);

    /// <summary>The generated token in clear, to be shown, once: only now it is kept, so that a start that failed has used none up.</summary>
    /// <returns>Null when none was generated, or when it was taken before.</returns>
    public async ValueTask<string?> TakeFreshAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref fresh, null) is not { } token)
        {
            return null;
        }

        await database.InTransactionAsync(isDurable: true, (connection, transaction) => MetaTable.Write(connection, transaction, HashName, Hash(token)), cancellationToken);
        return token;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
