namespace GeminiBalance.Gateway.Responses;

/// <summary>Keeps nothing.</summary>
internal sealed class NoResponseStore : IResponseStore
{
    public ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken) => new(false);

    public ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken) => new(false);

    public ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => new([]);

    public ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => new(0);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => new(false);

    public ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken) => new(0);
}
