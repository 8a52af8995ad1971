using System.Collections.Concurrent;
using System.Net;

namespace GeminiBalance.Load.Http;

/// <summary>Idle connections to one server, last used first.</summary>
internal sealed class ConnectionPool(IPEndPoint endPoint) : IDisposable
{
    private readonly ConcurrentStack<LeanConnection> _idle = new();

    public async ValueTask<LeanConnection> RentAsync(CancellationToken cancellationToken) =>
        _idle.TryPop(out var connection) ? connection : await LeanConnection.ConnectAsync(endPoint, cancellationToken);

    public void Return(LeanConnection connection)
    {
        if (connection.IsReusable)
        {
            _idle.Push(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    /// <summary>Closes what is idle: after one connection broke, the server may be another one.</summary>
    public void Clear()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }

    public void Dispose() => Clear();
}
