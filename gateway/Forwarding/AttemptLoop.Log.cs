using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

internal sealed partial class AttemptLoop
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.AttemptFailed, LogLevel.Warning,
            "Attempt {Attempt} of {AttemptsMax} for {Model} with key {KeyId} failed: {Outcome} ({Detail})")]
        public static partial void AttemptFailed(
            ILogger logger, int attempt, int attemptsMax, string model, KeyId keyId, CallOutcomeKind outcome, string? detail);

        [LoggerMessage(EventIds.UpstreamUnreachable, LogLevel.Warning,
            "Attempt {Attempt} of {AttemptsMax} could not be sent: no connection to {Host}:{Port}")]
        public static partial void Unreachable(ILogger logger, int attempt, int attemptsMax, string host, int port);

        [LoggerMessage(EventIds.ClientLeft, LogLevel.Debug, "The client left during attempt {Attempt} for {Model} with key {KeyId}")]
        public static partial void ClientLeft(ILogger logger, int attempt, string model, KeyId keyId);
    }
}
