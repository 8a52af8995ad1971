using System.Net.Sockets;
using GeminiBalance.KeyPool;
using Orleans.Runtime.Services;

namespace GeminiBalance.Grains.Holding;

/// <summary>Asks all other members of the cluster. The table of members may be out of reach too: then those of the last look count.</summary>
internal sealed class HolderPeersClient(IServiceProvider services, ISiloStatusOracle silos, TimeProvider time) : GrainServiceClient<IHolderPeers>(services)
{
    /// <summary>How long a member may take; text, since attributes take no other form.</summary>
    public const string AnswerWithin = "00:00:01";
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(1);

    /// <summary>What each member says. Null when one is silent that may be alive: it could take claims without this silo hearing of it.</summary>
    public async Task<IReadOnlyList<HolderWord>?> AskAllAsync(CancellationToken cancellationToken)
    {
        var members = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(member => !member.Equals(silos.SiloAddress));
        var answers = await Task.WhenAll(members.Select(member => AskAsync(member, cancellationToken)));
        return answers.Any(answer => answer is { IsGone: false, Word: null }) ? null : [.. answers.Select(answer => answer.Word).OfType<HolderWord>()];
    }

    private async Task<(HolderWord? Word, bool IsGone)> AskAsync(SiloAddress member, CancellationToken cancellationToken)
    {
        try
        {
            var word = await GetGrainService(member).TellAsync();
            return (word.ToWord(), false);
        }
#pragma warning disable CA1031 // Whatever went wrong: it gave no answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return (null, await IsGoneAsync(member, cancellationToken));
        }
    }

    // A refused connection proves that the process is gone: one that stands still, or lies behind a broken network, does not refuse.
    private async Task<bool> IsGoneAsync(SiloAddress member, CancellationToken cancellationToken)
    {
        using var socket = new Socket(member.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeOut = new CancellationTokenSource(ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(member.Endpoint, either.Token);
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
