using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Encrypts what people wrote before it is stored. A body opens only as the response, and for the owner, that it was closed for.</summary>
internal sealed class SealedResponseStore(IResponseStore store, SecretBox box) : IResponseStore
{
    public ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken) =>
        store.WriteAsync(response with { Body = box.Close(NameOf(response), response.Body.AsSpan()) }, used, bounds, cancellationToken);

    public ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken) =>
        store.TryReplaceAsync(from, usedAt, body is null ? null : box.Close(NameOf(from), body.AsSpan()), cancellationToken);

    public async ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var opened = new List<KeptResponse>();
        foreach (var response in await store.ReadAsync(owner, ids, cancellationToken))
        {
            // What does not open is as good as gone.
            if (box.TryOpenBytes(NameOf(response), response.Body) is { } body)
            {
                opened.Add(response with { Body = body });
            }
        }

        return opened;
    }

    public ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => store.SizeAsync(owner, ids, cancellationToken);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => store.DeleteAsync(owner, id, cancellationToken);

    public ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken) =>
        store.DeleteUnusedAsync(since, rowsMax, cancellationToken);

    private static string NameOf(KeptResponse response) => $"response {response.Owner} {response.Id}";
}
