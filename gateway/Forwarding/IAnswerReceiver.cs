using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Reads successful answers of the upstream for one client. One per client request, not safe for threads.</summary>
internal interface IAnswerReceiver
{
    /// <summary>Whether the client has been given a status. From then on no other attempt is possible.</summary>
    bool HasCommitted { get; }

    /// <summary>Reads one answer to its end, or until it proves useless. Called once per attempt, never after a commit.</summary>
    /// <returns>How the call ended, by what was in the answer. Reading faults are outcomes too.</returns>
    ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer);
}
