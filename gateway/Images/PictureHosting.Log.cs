using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Images;

internal sealed partial class PictureHosting
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.PictureNotKept, LogLevel.Warning,
            "The host {Host} did not take a picture of {Bytes} bytes, the client gets it as base64: {Reason}. Check UPLOAD_PROVIDER and the settings of this host")]
        public static partial void NotKept(ILogger logger, ImageHostKind host, int bytes, string reason);
    }
}
