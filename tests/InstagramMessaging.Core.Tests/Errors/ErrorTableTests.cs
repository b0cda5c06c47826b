using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using InstagramMessaging.Core.Errors;
using Xunit;

namespace InstagramMessaging.Core.Tests.Errors;

/// <summary>Design section 6: a stable id, a real category, a remedy.</summary>
public class ErrorTableTests
{
    /// <summary>The ids of design section 6.</summary>
    private static readonly string[] Designed =
    [
        "IgRecipientInvalid", "IgTextEmpty", "IgTextTooLong", "IgTextInvalid", "IgLinkInvalid", "IgPayloadMissing", "IgPayloadAmbiguous", "IgTypeUnknown",
        "IgIdInvalid", "IgMediaUrlInvalid", "IgMediaNotFound", "IgMediaEmpty", "IgMediaUnreadable", "IgMediaTooLarge", "IgMediaFormatNotSupported",
        "IgMediaContentMismatch", "IgWindowClosed", "IgRecipientNotFound", "IgRecipientUnavailable", "IgTokenInvalid", "IgPermissionDenied", "IgRateLimited",
        "IgMediaRejected", "IgAttachmentUnknown", "IgThreadControlled", "IgAccountRestricted", "IgRequestRejected", "IgOutcomeUnknown", "IgUnreachable",
        "IgNotConnected", "IgConnectionInvalid", "IgRunStopped", "IgNotTried", "IgKeyRepeated", "IgJournalInUse", "IgJournalForeign",
        "IgJournalUnwritable",
    ];

    /// <summary>System.Management.Automation.ErrorCategory, which Core must not know.</summary>
    private static readonly string[] Categories =
    [
        "OpenError", "CloseError", "DeviceError", "DeadlockDetected", "InvalidArgument", "InvalidData", "InvalidOperation", "InvalidResult", "InvalidType",
        "MetadataError", "NotImplemented", "NotInstalled", "ObjectNotFound", "OperationStopped", "OperationTimeout", "SyntaxError", "ParserError",
        "PermissionDenied", "ResourceBusy", "ResourceExists", "ResourceUnavailable", "ReadError", "WriteError", "FromStdErr", "SecurityError", "ProtocolError",
        "ConnectionError", "AuthenticationError", "LimitsExceeded", "QuotaExceeded", "NotEnabled",
    ];

    public static TheoryData<string> Ids => [.. ErrorTable.All.Select(error => error.Id)];

    [Fact]
    public void Every_designed_id_has_a_line() => Assert.Empty(Designed.Except(ErrorTable.All.Select(error => error.Id)));

    [Fact]
    public void Every_id_of_the_code_has_a_line()
    {
        IEnumerable<string> ids = typeof(ErrorId).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(ids.Order(), ErrorTable.All.Select(error => error.Id).Order());
    }

    [Fact]
    public void No_id_is_there_twice() =>
        Assert.Equal(ErrorTable.All.Count, ErrorTable.All.Select(error => error.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_line_has_an_id_a_category_and_a_remedy_that_is_a_sentence(string id)
    {
        ErrorDefinition error = ErrorTable.Of(id);
        Assert.Matches("^Ig[A-Z][A-Za-z]+$", error.Id);
        Assert.Contains(error.Category, Categories);
        Assert.Matches("^[A-Z][^\\r\\n]{20,}\\.$", error.Remedy);
    }

    [Fact]
    public void An_error_of_a_run_names_its_cause_and_keeps_what_Graph_said()
    {
        var cause = new InstagramApiException("Graph says no. Mend it.") { ErrorId = "IgTokenInvalid", Remedy = "Mend it.", Code = 190, Subcode = 463, StatusCode = 401, FbTraceId = "A1" };

        InstagramApiException error = IgError.Of(ErrorId.RunStopped, "The run was stopped: 1 sent.", cause);

        Assert.Equal(("IgRunStopped", 190L, 463L, 401, "A1"), (error.ErrorId, error.Code, error.Subcode, error.StatusCode, error.FbTraceId));
        Assert.Same(cause, error.InnerException);
        Assert.EndsWith(error.Remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains("1 sent", error.Message, StringComparison.Ordinal);
    }
}
