using GeminiBalance.Gateway.Responses;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Responses;

/// <summary>Stored responses in the cluster's database, so that any gateway finds them.</summary>
internal sealed class ClusterResponseStore(MySqlResponses responses) : IResponseStore
{
    public async ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken) =>
        await responses.WriteAsync(
            response.Owner,
            new ResponseRow(response.Id, response.UsedAt.UtcDateTime, response.Body),
            used,
            new OwnerBounds(bounds.CountMax, bounds.BytesMax, bounds.CountLeft, bounds.BytesLeft),
            cancellationToken);

    public async ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken) =>
        await responses.TryReplaceAsync(from.Owner, from.Id, from.UsedAt.UtcDateTime, usedAt.UtcDateTime, body, cancellationToken);

    public async ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
    [
        .. (await responses.ReadAsync(owner, ids, cancellationToken))
            .Select(row => new KeptResponse(row.Id, owner, new DateTimeOffset(DateTime.SpecifyKind(row.UsedAt, DateTimeKind.Utc)), row.Body)),
    ];

    public async ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await responses.SizeAsync(owner, ids, cancellationToken);

    public async ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => await responses.DeleteAsync(owner, id, cancellationToken);

    public async ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken) =>
        await responses.DeleteUnusedAsync(since, rowsMax, cancellationToken);
}
