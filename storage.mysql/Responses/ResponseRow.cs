namespace GeminiBalance.Storage.MySql;

/// <param name="UsedAt">UTC.</param>
/// <param name="Body">Encrypted.</param>
public sealed record ResponseRow(string Id, DateTime UsedAt, byte[] Body);
